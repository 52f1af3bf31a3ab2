package dev.gatehouse.proxy.http.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.guard.RequestGuard;
import dev.gatehouse.proxy.http.guard.UnderscoreHeaders;
import dev.gatehouse.proxy.http.guard.Verdict;
import dev.gatehouse.proxy.http.guard.Verdict.Accepted;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.Http1Encoder;
import dev.gatehouse.wire.http.Http1HeadParser;
import dev.gatehouse.wire.http.RequestLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever block of HTTP/2 the guard takes is one request in HTTP/1.1, and the same one to every
 * reader: no field of it becomes a second line, a second framing or a second request.
 */
class DowngradeTest {

  private static final int ROUNDS = 30_000;

  private static final RequestGuard GUARD =
      new RequestGuard(Messages.LIMITS, UnderscoreHeaders.ALLOW);

  private static final List<String> NAMES =
      List.of(
          "cookie",
          "content-length",
          "transfer-encoding",
          "connection",
          "te",
          "host",
          "expect",
          "x-forwarded-for",
          "upgrade",
          "x",
          "X",
          "a b",
          "x:",
          ":path",
          "",
          "transfer_encoding",
          "x\r\ny",
          "content-length ",
          "user-agent");

  private static final List<String> VALUES =
      List.of(
          "x",
          "",
          "5",
          "05",
          "5,5",
          "chunked",
          "close",
          "trailers",
          "a.example",
          "100-continue",
          " x",
          "x\t",
          "a\r\nx: y",
          "a\nb",
          "a\0b",
          "\u00ff",
          "a=b",
          "websocket");

  private static final List<String> METHODS =
      List.of("GET", "GET", "POST", "PUT", "OPTIONS", "G T", "GET / HTTP/1.1\r\nx:");

  private static final List<String> PATHS =
      List.of("/", "/", "/a?b", "*", "/a b", "/ HTTP/1.1\r\nx: y", "a", "/%0d%0a", "");

  @Test
  void whatTheGuardTakesIsOneRequestInHttp1() {
    Random random = new Random(29);
    int taken = 0;
    for (int i = 0; i < ROUNDS; i++) {
      if (GUARD.judge(block(random), random.nextBoolean()) instanceof Accepted accepted) {
        taken++;
        assertSame(accepted.request());
      }
    }
    assertThat(taken).isBetween(ROUNDS / 50, ROUNDS);
  }

  private static void assertSame(Request request) {
    Head<RequestLine> written = new BackendRequest(request, Untold.of(request)).http1();
    ByteBuf out = Unpooled.buffer();
    Http1Encoder.writeRequest(out, written);
    assertThat(Http1HeadParser.ofRequest(Messages.LIMITS).decode(out))
        .as(request.toString())
        .isEqualTo(new Complete<>(written));
    assertThat(out.isReadable()).isFalse();
    Verdict again = GUARD.judge(written, Optional.empty());
    assertThat(again).as(request.toString()).isInstanceOf(Accepted.class);
    Request read = ((Accepted) again).request();
    assertThat(read.method()).isEqualTo(request.method());
    assertThat(read.target()).isEqualTo(request.target());
    assertThat(read.authority()).isEqualTo(request.authority());
    assertThat(saysLength(read.framing())).isEqualTo(saysLength(request.framing()));
  }

  /** To say that there is no body, and to say that it is empty, is the same. */
  private static Framing saysLength(Framing framing) {
    return framing.isEmpty() ? new Framing.None() : framing;
  }

  private static List<Map.Entry<CharSequence, CharSequence>> block(Random random) {
    List<Map.Entry<CharSequence, CharSequence>> block =
        Messages.block(
            ":method",
            any(random, METHODS),
            ":scheme",
            "https",
            ":authority",
            "a.example",
            ":path",
            any(random, PATHS));
    for (int count = random.nextInt(4); count > 0; count--) {
      block.add(Map.entry(any(random, NAMES), any(random, VALUES)));
    }
    return block;
  }

  private static String any(Random random, List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
