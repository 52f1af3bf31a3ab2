package dev.gatehouse.wire.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class ProxyHeaderFuzzTest {

  @FuzzTest(maxDuration = "30s")
  void everyInputHasAnOutcome(byte[] input) {
    ByteBuf in = Unpooled.wrappedBuffer(input);
    Decoded<ProxyHeader> outcome = ProxyHeaderDecoder.decode(in);
    if (outcome instanceof Complete) {
      assertThat(in.readerIndex()).isBetween(1, 16 + ProxyHeaderV2.MAX_LENGTH);
    } else {
      assertThat(in.readerIndex()).isZero();
    }
  }
}
