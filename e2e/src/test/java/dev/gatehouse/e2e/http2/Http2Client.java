package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.Frame.ACK;
import static dev.gatehouse.e2e.http2.Frame.END_HEADERS;
import static dev.gatehouse.e2e.http2.Frame.END_STREAM;
import static dev.gatehouse.e2e.http2.Hpack.concat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.e2e.L7Host;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client of HTTP/2 that sends any frame, however wrong, and says what it expects to come of it.
 * What fails tells all frames that went by.
 */
final class Http2Client implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 15_000;
  private static final Duration MOST = Duration.ofSeconds(40);
  private static final int MAX_TOLD = 60;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final byte[] WORD = "gatehous".getBytes(ISO_8859_1);

  private final Socket socket;
  private final DataInputStream in;
  private final String path;
  private final long begin = System.nanoTime();
  private final HpackDecoder decoder = new HpackDecoder();
  private final Map<Integer, Incoming> streams = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private @Nullable ErrorCode goneAway;
  private int initialWindow = 65_535;
  private int opened;

  private Http2Client(Socket socket, String path) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.path = path;
  }

  /** A client whose requests are for that path, and who has not said a word of HTTP/2 yet. */
  static Http2Client silent(L7Host host, String path) throws Exception {
    Socket socket = host.connect("h2");
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new Http2Client(socket, path);
  }

  /** A client that has exchanged prefaces, with settings as pairs of identifier and value. */
  static Http2Client connect(L7Host host, String path, int... settings) throws Exception {
    Http2Client client = silent(host, path).preface().send(Frame.settings(settings));
    client.await("its SETTINGS", frame -> frame.is(FrameType.SETTINGS) && !frame.has(ACK));
    client.send(Frame.of(FrameType.SETTINGS, ACK, 0));
    client.await("the ACK of ours", frame -> frame.is(FrameType.SETTINGS) && frame.has(ACK));
    return client;
  }

  Http2Client preface() {
    return raw(PREFACE.getBytes(ISO_8859_1));
  }

  /** Sends bytes; whoever has thrown us out may have stopped listening. */
  Http2Client raw(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      told.add("> not sent: " + e.getMessage());
    }
    return this;
  }

  /** Sends frames by one call, so that they arrive together. */
  Http2Client send(Frame... frames) {
    Arrays.stream(frames).forEach(frame -> told.add("> " + frame));
    return raw(concat(Arrays.stream(frames).map(Frame::bytes).toArray(byte[][]::new)));
  }

  /** The fields of a request for our path. */
  byte[] block(int method, byte[]... more) {
    return concat(
        Hpack.indexed(method),
        Hpack.indexed(Hpack.SCHEME_HTTPS),
        Hpack.literal(Hpack.PATH, path),
        Hpack.literal(Hpack.AUTHORITY, L7Host.NAME),
        concat(more));
  }

  /** A whole request without a body. */
  Http2Client get(int stream, byte[]... more) {
    return send(getFrame(stream, more));
  }

  Frame getFrame(int stream, byte[]... more) {
    return Frame.headers(END_STREAM | END_HEADERS, stream, block(Hpack.METHOD_GET, more));
  }

  /** A request whose body is still to come. */
  Http2Client post(int stream, byte[]... more) {
    return send(postFrame(stream, more));
  }

  Frame postFrame(int stream, byte[]... more) {
    return Frame.headers(END_HEADERS, stream, block(Hpack.METHOD_POST, more));
  }

  /** Waits until all that was sent so far has been seen to, as a PING tells. */
  Http2Client settled() {
    send(Frame.ping(0, WORD));
    await("the ACK of a PING", frame -> frame.is(FrameType.PING) && frame.has(ACK));
    return this;
  }

  /** Waits for a frame; the end of the connection or its patience fails. */
  Frame await(String what, Predicate<Frame> wanted) {
    Frame frame = next();
    while (frame != null && !wanted.test(frame)) {
      if (isGoAwayOfError(frame)) {
        throw failed("GOAWAY instead of " + what);
      }
      frame = next();
    }
    if (frame == null) {
      throw failed("closed instead of " + what);
    }
    return frame;
  }

  /** Waits until frames have brought that about, if they have not already. */
  void until(String what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      await(what, _ -> true);
    }
  }

  /** Reads a whole response. */
  Http2Response response(int stream) {
    Incoming incoming = on(stream);
    while (!incoming.isEnded()) {
      await("a response on stream " + stream, frame -> frame.stream() == stream);
      if (incoming.reset() != null) {
        throw failed("RST_STREAM instead of a response on stream " + stream);
      }
    }
    return incoming.response();
  }

  /** What has come by that stream so far. */
  Incoming on(int stream) {
    return streams.computeIfAbsent(stream, _ -> new Incoming());
  }

  /** Expects a response of that status, and that the connection lives on. */
  Http2Response served(int stream, int status) {
    Http2Response response = response(stream);
    if (response.status() != status) {
      throw failed("status: " + response.status() + " (expected: " + status + ")");
    }
    return response;
  }

  /** Expects GOAWAY with one of these codes, and the end of the connection. */
  void connectionError(ErrorCode... codes) {
    Frame frame = next();
    while (frame != null && !isGoAwayOfError(frame)) {
      frame = next();
    }
    check(frame, frame == null ? -1 : frame.numberAt(4), codes);
    closed();
  }

  /**
   * Expects RST_STREAM with one of these codes; to end the whole connection for it is allowed (RFC
   * 9113, section 5.4.1).
   *
   * @return whether the connection lives on
   */
  boolean streamError(int stream, ErrorCode... codes) {
    Frame frame = on(stream).reset();
    while (frame == null) {
      Frame next = next();
      if (next == null || isGoAwayOfError(next)) {
        check(next, next == null ? -1 : next.numberAt(4), codes);
        return false;
      }
      frame = on(stream).reset();
    }
    check(frame, frame.numberAt(0), codes);
    return true;
  }

  private void check(@Nullable Frame frame, int code, ErrorCode... codes) {
    if (frame == null) {
      throw failed("closed without a word (expected: one of " + Arrays.toString(codes) + ")");
    }
    if (Arrays.stream(codes).noneMatch(each -> each.number() == code)) {
      throw failed(frame + " (expected: one of " + Arrays.toString(codes) + ")");
    }
  }

  static boolean isGoAwayOfError(Frame frame) {
    return frame.is(FrameType.GOAWAY) && frame.numberAt(4) != 0;
  }

  /** Expects the end of the connection. */
  void closed() {
    Frame frame = next();
    while (frame != null) {
      frame = next();
    }
  }

  /** The next frame; nothing at the end of the connection. */
  @Nullable Frame next() {
    if (System.nanoTime() - begin > MOST.toNanos()) {
      throw failed("still going on after " + MOST);
    }
    try {
      Frame frame = Frame.read(in);
      told.add("< " + frame);
      look(frame);
      if (frame.stream() != 0) {
        on(frame.stream()).take(frame, decoder);
      }
      return frame;
    } catch (SocketTimeoutException _) {
      throw failed("nothing came for " + PATIENCE_MILLIS + " ms");
    } catch (IOException e) {
      told.add("< closed: " + e.getMessage());
      return null;
    }
  }

  private void look(Frame frame) {
    if (frame.is(FrameType.GOAWAY)) {
      goneAway = ErrorCode.of(frame.numberAt(4));
    }
    if (frame.is(FrameType.WINDOW_UPDATE) && frame.stream() == 0) {
      opened += frame.numberAt(0);
    }
    if (frame.is(FrameType.SETTINGS)) {
      for (int at = 0; at < frame.length(); at += 6) {
        initialWindow = frame.payload()[at + 1] == 4 ? frame.numberAt(at + 2) : initialWindow;
      }
    }
  }

  /** How much DATA may be sent on a new stream. */
  int initialWindow() {
    return initialWindow;
  }

  /** By how much the connection's window has been opened so far. */
  int opened() {
    return opened;
  }

  /** The code of the last GOAWAY. */
  @Nullable ErrorCode goneAway() {
    return goneAway;
  }

  String path() {
    return path;
  }

  AssertionError failed(String reason) {
    int skipped = Math.max(0, told.size() - MAX_TOLD);
    List<String> last = told.subList(skipped, told.size());
    String before = skipped > 0 ? skipped + " frames\n  " : "";
    return new AssertionError(reason + "\n  " + before + String.join("\n  ", last));
  }

  /** Ends the connection with a reset, whatever is under way. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
