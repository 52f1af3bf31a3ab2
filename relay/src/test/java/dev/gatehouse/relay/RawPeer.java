package dev.gatehouse.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.testkit.Await;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A peer that does only what it is told: it answers no ping and reads nothing by itself. */
final class RawPeer implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /** What a frame says. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Frame(int opcode, byte[] payload) {

    String text() {
      return new String(payload, UTF_8);
    }

    /** Of a close frame: code and reason. */
    String close() {
      int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
      return (code + " " + new String(payload, 2, payload.length - 2, UTF_8)).strip();
    }
  }

  RawPeer(int port) throws IOException {
    this(connected(port));
  }

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  private static Socket connected(int port) throws IOException {
    Socket socket = new Socket();
    // as little as possible waits in the kernel, so that a peer that does not read is soon felt
    socket.setReceiveBufferSize(16 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  static RawPeer binary(int port, String id) throws IOException {
    return upgraded(port, "/v1/server", "x-pyrycode-version: 1\r\nx-pyrycode-server: " + id);
  }

  static RawPeer phone(int port, String id) throws IOException {
    return upgraded(port, "/v1/client", "x-pyrycode-token: t\r\nx-pyrycode-server: " + id);
  }

  private static RawPeer upgraded(int port, String path, String fields) throws IOException {
    RawPeer peer = new RawPeer(port);
    peer.write(upgrade(path, fields));
    String head = peer.head();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(head);
    }
    return peer;
  }

  static String upgrade(String path, String fields) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: relay.example.org\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "User-Agent: raw/1\r\n"
        + fields
        + "\r\n\r\n";
  }

  void write(String text) throws IOException {
    write(text.getBytes(ISO_8859_1));
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends a whole text message. */
  void send(String text) throws IOException {
    write(message(text));
  }

  /** A whole text message in one frame, masked with zeros. */
  static byte[] message(String text) {
    byte[] payload = text.getBytes(UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x81);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(new byte[4]);
      frame.write(payload.length >> 24);
      frame.write(payload.length >> 16);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** The head of an answer, with its empty line. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** Everything until the connection ends, by a FIN or a reset. */
  String rest() {
    StringBuilder rest = new StringBuilder();
    try {
      while (true) {
        rest.append((char) in.readUnsignedByte());
      }
    } catch (EOFException _) {
      return rest.toString();
    } catch (SocketException _) {
      return rest + "[reset]";
    } catch (IOException e) {
      throw new AssertionError(rest.toString(), e);
    }
  }

  Frame frame() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    return new Frame(opcode, payload);
  }

  /** The close frame, whatever comes before it. */
  String closed() throws IOException {
    Frame frame = frame();
    while (frame.opcode() != 8) {
      frame = frame();
    }
    return frame.close();
  }

  /** Reads all there is; whether the connection then ends. */
  boolean isCutOff() {
    String _ = rest();
    return true;
  }

  String nextText() throws IOException {
    Frame frame = frame();
    while (frame.opcode() != 1 && frame.opcode() != 2) {
      frame = frame();
    }
    return frame.text();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
