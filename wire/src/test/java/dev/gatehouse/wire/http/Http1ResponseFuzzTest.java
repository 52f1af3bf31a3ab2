package dev.gatehouse.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.wire.Decoded.Complete;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class Http1ResponseFuzzTest {

  private static final HeadLimits LIMITS = new HeadLimits(128, 512, 8);

  @FuzzTest(maxDuration = "30s")
  void whatIsTakenIsWrittenAndReadAsTheSame(byte[] input) {
    if (Http1HeadParser.ofResponse(LIMITS).decode(Unpooled.wrappedBuffer(input))
        instanceof Complete<Head<StatusLine>>(Head<StatusLine> head)) {
      ByteBuf out = Unpooled.buffer();
      Http1Encoder.writeResponse(out, head);
      assertThat(Texts.response(out)).isEqualTo(new Complete<>(head));
    }
  }
}
