package dev.gatehouse.wire.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class JacksonOracleTest {

  private static final long SEED = 20_260_214;
  private static final int ROUNDS = 20_000;

  private final JsonText json = new JsonText();
  private final RandomJson random = new RandomJson(SEED);

  @Test
  void whatIsGrownIsAcceptedByBoth() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] text = random.text();
      assertThat(Jackson.accepts(text)).as(() -> hex(text)).isTrue();
      assertThat(json.read(Texts.message(text))).as(() -> hex(text)).isTrue();
    }
  }

  @Test
  void whatIsSpoiledIsJudgedAlikeByBoth() {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] text = random.spoiled();
      boolean accepted = json.read(Texts.message(text));
      assertThat(accepted).as(() -> hex(text)).isEqualTo(Jackson.accepts(text));
      refused += accepted ? 0 : 1;
    }
    assertThat(refused).isBetween(ROUNDS / 4, ROUNDS - 1);
  }

  @Test
  void whatIsWrappedComesBackByteForByte() {
    EnvelopeWriter writer = new EnvelopeWriter("client-s-0a1b2c3d");
    EnvelopeReader reader = new EnvelopeReader();
    for (int round = 0; round < ROUNDS; round++) {
      ByteBuf message = Texts.message(random.text());
      assertThat(json.read(message)).isTrue();
      String value = Texts.between(message, json.from(), json.to());
      ByteBuf envelope = message.alloc().buffer();
      writer.writeData(message, json.from(), json.to(), envelope);
      assertThat(envelope.readableBytes()).isEqualTo(writer.dataLength(json.to() - json.from()));
      EnvelopeKind kind = reader.read(envelope);
      if (value.equals("null")) {
        assertThat(kind).isEqualTo(EnvelopeKind.MISSING_FRAME);
      } else {
        assertThat(kind).isEqualTo(EnvelopeKind.DATA);
        assertThat(writer.isAddressedBy(reader)).isTrue();
        assertThat(frame(envelope, reader)).isEqualTo(value);
      }
      envelope.release();
    }
  }

  private static String frame(ByteBuf envelope, EnvelopeReader reader) {
    int from = reader.frameIndex();
    return Texts.between(envelope, from, from + reader.frameLength());
  }

  private static String hex(byte[] text) {
    return "seed " + SEED + ": " + HexFormat.of().formatHex(text);
  }
}
