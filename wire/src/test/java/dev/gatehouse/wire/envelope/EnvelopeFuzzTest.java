package dev.gatehouse.wire.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;

class EnvelopeFuzzTest {

  @FuzzTest(maxDuration = "30s")
  void whatIsAcceptedIsWhatJacksonAccepts(byte[] input) {
    ByteBuf message = Texts.message(input);
    boolean accepted = new JsonText().read(message);
    assertThat(accepted).isEqualTo(Jackson.accepts(input));
    EnvelopeReader reader = new EnvelopeReader();
    EnvelopeKind kind = reader.read(message);
    assertThat(accepted || kind == EnvelopeKind.MALFORMED).isTrue();
    assertThat(reader.frameLength()).isLessThan(Math.max(1, input.length));
  }
}
