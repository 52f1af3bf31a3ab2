package dev.gatehouse.proxy.http;

import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.websocket.HandshakeKey;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * What a server of WebSocket must answer to before it is believed to be one (RFC 6455 section 1.3).
 *
 * <p>A client of HTTP/1.1 brings its own and looks at the answer itself; HTTP/2 has none, so the
 * proxy takes the client's part.
 *
 * @param text 16 bytes in Base64
 */
public record WebSocketKey(String text) {

  /** The field in which it is sent. */
  public static final String NAME = "Sec-WebSocket-Key";

  /** The field in which it is answered. */
  public static final String ANSWER = "Sec-WebSocket-Accept";

  /** A new one, of 128 random bits. */
  public static WebSocketKey random(RandomGenerator random) {
    ByteBuffer bits = ByteBuffer.allocate(2 * Long.BYTES);
    bits.putLong(random.nextLong()).putLong(random.nextLong());
    return new WebSocketKey(Base64.getEncoder().encodeToString(bits.array()));
  }

  /** Whether the fields of a response are those of a server that has understood it. */
  public boolean isAnsweredBy(Fields response) {
    return response.only(ANSWER).filter(HandshakeKey.answer(text)::equals).isPresent();
  }
}
