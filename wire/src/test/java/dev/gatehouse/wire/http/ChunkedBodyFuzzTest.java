package dev.gatehouse.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.http.ChunkedBodyDecoder.Part;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class ChunkedBodyFuzzTest {

  @FuzzTest(maxDuration = "30s")
  void dataIsNeverMoreThanWasSent(byte[] input) {
    ByteBuf in = Unpooled.wrappedBuffer(input);
    ChunkedBodyDecoder decoder = new ChunkedBodyDecoder(new HeadLimits(128, 512, 8));
    int received = 0;
    Decoded<Part> part = decoder.decode(in);
    while (part instanceof Complete<Part>(Part.Data(ByteBuf data))) {
      received += data.readableBytes();
      data.release();
      part = decoder.decode(in);
    }
    assertThat(received).isLessThanOrEqualTo(input.length);
    assertThat(in.refCnt()).isEqualTo(1);
  }
}
