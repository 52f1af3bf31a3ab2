package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The client's side of a WebSocket (RFC 6455), frame by frame. */
final class WebSocketPeer implements AutoCloseable {

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int SIXTEEN_BITS = 126;
  private static final int SIXTY_FOUR_BITS = 127;

  /** From section 1.3, with the answer that belongs to it. */
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private final TlsClient client;

  private WebSocketPeer(TlsClient client) {
    this.client = client;
  }

  /** What came in one frame. */
  @SuppressWarnings("ArrayRecordComponent") // looked at, never compared as a whole
  private record Frame(boolean last, int opcode, byte[] payload) {}

  /** Asks for a conversation, and does not wait for the answer. */
  static WebSocketPeer connect(TlsClient client, String host) throws IOException {
    client.send(request(host, "/"));
    return new WebSocketPeer(client);
  }

  /** What asks for a conversation. */
  static String request(String host, String path) {
    return String.join(
        "\r\n",
        "GET " + path + " HTTP/1.1",
        "Host: " + host,
        "Connection: keep-alive, Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: " + KEY,
        "",
        "");
  }

  WebSocketPeer accepted() throws IOException {
    assertThat(client.head())
        .startsWith("HTTP/1.1 101 ")
        .containsIgnoringCase("\r\nupgrade: websocket\r\n")
        .containsIgnoringCase("\r\nsec-websocket-accept: " + ACCEPT + "\r\n");
    return this;
  }

  WebSocketPeer text(String text) throws IOException {
    return write(TEXT, text.getBytes(UTF_8));
  }

  WebSocketPeer binary(byte[] bytes) throws IOException {
    return write(BINARY, bytes);
  }

  WebSocketPeer close(int code) throws IOException {
    return write(CLOSE, ByteBuffer.allocate(Short.BYTES).putShort((short) code).array());
  }

  /** The next message, whose frames may be several. */
  byte[] message() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    Frame frame;
    do {
      frame = read();
      assertThat(frame.opcode()).isLessThanOrEqualTo(BINARY);
      message.write(frame.payload());
    } while (!frame.last());
    return message.toByteArray();
  }

  /** The code with which the other side ends it. */
  int closeCode() throws IOException {
    Frame frame = read();
    assertThat(frame.opcode()).isEqualTo(CLOSE);
    return ByteBuffer.wrap(frame.payload()).getShort();
  }

  /** Whatever still comes until the connection has ended. */
  String rest() throws IOException {
    return client.rest();
  }

  /** The mask is zero, which leaves the bytes as they are. */
  private WebSocketPeer write(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (FINAL | opcode));
    if (payload.length < SIXTEEN_BITS) {
      frame.put((byte) (MASKED | payload.length));
    } else {
      frame.put((byte) (MASKED | SIXTY_FOUR_BITS)).putLong(payload.length);
    }
    frame.putInt(0).put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    client.send(bytes);
    return this;
  }

  private Frame read() throws IOException {
    byte[] head = client.read(2);
    byte[] payload = client.read(length(head[1]));
    return new Frame((head[0] & FINAL) != 0, head[0] & 0x0f, payload);
  }

  private int length(int announced) throws IOException {
    return switch (announced) {
      case SIXTEEN_BITS -> Short.toUnsignedInt(ByteBuffer.wrap(client.read(2)).getShort());
      case SIXTY_FOUR_BITS -> Math.toIntExact(ByteBuffer.wrap(client.read(8)).getLong());
      default -> announced;
    };
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
