package dev.gatehouse.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Incomplete;
import io.netty.buffer.Unpooled;

class Http1HeadFuzzTest {

  private static final HeadLimits LIMITS = new HeadLimits(128, 512, 8);

  @FuzzTest(maxDuration = "30s")
  void allAtOnceAndByteByByteHaveTheSameOutcome(byte[] input) {
    Decoded<Head<RequestLine>> atOnce =
        Http1HeadParser.ofRequest(LIMITS).decode(Unpooled.wrappedBuffer(input));
    Http1HeadParser<RequestLine> slow = Http1HeadParser.ofRequest(LIMITS);
    Decoded<Head<RequestLine>> outcome = new Incomplete<>();
    for (int length = 0; length <= input.length && outcome instanceof Incomplete; length++) {
      outcome = slow.decode(Unpooled.wrappedBuffer(input, 0, length));
    }
    assertThat(outcome).isEqualTo(atOnce);
  }
}
