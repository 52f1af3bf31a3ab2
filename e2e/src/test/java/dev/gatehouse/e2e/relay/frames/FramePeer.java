package dev.gatehouse.e2e.relay.frames;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.e2e.relay.RelayHost;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer of the relay that sends any frame, however wrong, and says what it expects to come of it.
 * What fails tells all frames that went by; what the relay sends has to keep the rules always.
 */
public final class FramePeer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 15_000;
  private static final int MAX_TOLD = 40;
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private final Socket socket;
  private final DataInputStream in;
  private final List<String> told = new ArrayList<>();

  private FramePeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** One that has not said a word yet. */
  public static FramePeer silent(RelayHost host) throws Exception {
    return new FramePeer(host.connect());
  }

  public static FramePeer binary(RelayHost host, String id) throws Exception {
    return silent(host).upgraded(binaryRequest(id));
  }

  public static FramePeer phone(RelayHost host, String id) throws Exception {
    return silent(host).upgraded(phoneRequest(id));
  }

  static String binaryRequest(String id) {
    return request("/v1/server", "x-pyrycode-version: 1", "x-pyrycode-server: " + id);
  }

  static String phoneRequest(String id) {
    return request("/v1/client", "x-pyrycode-token: t", "x-pyrycode-server: " + id);
  }

  /** What asks for a conversation, with these fields besides those of every such request. */
  public static String request(String path, String... fields) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + KEY
        + "\r\nUser-Agent: frames/1\r\n"
        + String.join("\r\n", fields)
        + "\r\n\r\n";
  }

  private FramePeer upgraded(String request) throws IOException {
    return raw(request.getBytes(ISO_8859_1)).accepted();
  }

  /** Expects the 101. */
  FramePeer accepted() throws IOException {
    String head = head();
    if (!head.startsWith("HTTP/1.1 101 ") || !head.contains(ACCEPT)) {
      throw failed(head);
    }
    return this;
  }

  /** The head of an answer. */
  public String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** Sends bytes; whoever has thrown us out may have stopped listening. */
  public FramePeer raw(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      told.add("> not sent: " + e.getMessage());
    }
    return this;
  }

  /** Sends frames by one call, so that they arrive together. */
  FramePeer send(Frame... frames) {
    return raw(bytes(frames));
  }

  /** The same, so many bytes at a time. */
  FramePeer sendChopped(int size, Frame... frames) {
    byte[] bytes = bytes(frames);
    for (int at = 0; at < bytes.length; at += size) {
      raw(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
    }
    return this;
  }

  private byte[] bytes(Frame... frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      told.add("> " + frame);
      bytes.writeBytes(frame.bytes());
    }
    return bytes.toByteArray();
  }

  /** The next message, whatever control frames come before it. */
  public String message() {
    Frame frame = next();
    while (frame != null && !Opcode.isData(frame.opcode())) {
      if (frame.opcode() == Opcode.CLOSE) {
        throw failed("closed instead of a message");
      }
      frame = next();
    }
    if (frame == null) {
      throw failed("cut instead of a message");
    }
    return frame.words();
  }

  /** Expects a pong of these words as the next one. */
  FramePeer pong(String words) {
    Frame frame = frame(Opcode.PONG);
    if (!frame.words().equals(words)) {
      throw failed("another pong (expected: " + words + ")");
    }
    return this;
  }

  /**
   * Expects the end by a close frame with one of these codes, and of the connection when we answer
   * it.
   */
  public void closed(Integer... codes) {
    Frame close = frame(Opcode.CLOSE);
    if (!List.of(codes).contains(close.code())) {
      throw failed("closed with " + close.code() + " (expected: " + List.of(codes) + ")");
    }
    send(Frame.of(Opcode.CLOSE, close.payload()));
    cut();
  }

  /** Expects the end of the connection, and nothing before it but what is not asked for. */
  public void cut() {
    Frame frame = next();
    if (frame != null) {
      throw failed("still there (expected: the end)");
    }
  }

  /** Reads until a frame of that kind. */
  private Frame frame(int opcode) {
    Frame frame = next();
    while (frame != null && frame.opcode() != opcode) {
      frame = next();
    }
    if (frame == null) {
      throw failed("cut instead of opcode " + opcode);
    }
    return frame;
  }

  /** The next frame; nothing at the end of the connection. */
  @Nullable Frame next() {
    try {
      Frame frame = Frame.read(in);
      told.add("< " + frame);
      if (!isProper(frame)) {
        throw failed("the relay breaks the rules");
      }
      return frame;
    } catch (SocketTimeoutException _) {
      throw failed("nothing came for " + PATIENCE_MILLIS + " ms");
    } catch (IOException e) {
      told.add("< end: " + e.getMessage());
      return null;
    }
  }

  /** One whole frame for each message, without mask and extensions, in the shortest form. */
  private static boolean isProper(Frame frame) {
    boolean control = frame.opcode() >= Opcode.CLOSE;
    return frame.last()
        && frame.reserved() == 0
        && !frame.masked()
        && frame.length().isShortest()
        && (control ? frame.opcode() <= Opcode.PONG : Opcode.isData(frame.opcode()))
        && !(control && frame.payload().length > 125);
  }

  AssertionError failed(String reason) {
    int skipped = Math.max(0, told.size() - MAX_TOLD);
    return new AssertionError(
        reason + "\n  " + String.join("\n  ", told.subList(skipped, told.size())));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
