package dev.gatehouse.wire.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class BencodeFuzzTest {

  private static final BencodeLimits LIMITS = new BencodeLimits(1 << 20, 32);

  @FuzzTest(maxDuration = "30s")
  void whatIsReadIsWhatAPlainReaderReads(byte[] input) {
    ByteBuf in = Unpooled.wrappedBuffer(input);
    Decoded<BencodeValue> outcome = BencodeReader.read(in, LIMITS);
    if (outcome instanceof Complete<BencodeValue>(BencodeValue value)) {
      assertThat(PlainBencode.accepts(new String(input, ISO_8859_1))).isTrue();
      assertThat(in.readerIndex()).isEqualTo(value.span().readableBytes());
    } else {
      assertThat(in.readerIndex()).isZero();
    }
  }
}
