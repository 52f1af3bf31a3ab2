package dev.gatehouse.wire.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 7.2 of the relay's specification. */
class EnvelopeReaderTest {

  private static final byte[] C1 = "c1".getBytes(US_ASCII);

  private final EnvelopeReader reader = new EnvelopeReader();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"conn_id\":\"c1\",\"frame\":{\"a\":1}} | {\"a\":1}",
        "{ \"conn_id\" : \"c1\" , \"frame\" : { \"a\" : 1 } } | { \"a\" : 1 }",
        "{\"conn_id\":\"c1\",\"frame\":\"x\"} | \"x\"",
        "{\"conn_id\":\"c1\",\"frame\":0} | 0",
        "{\"conn_id\":\"c1\",\"frame\":false} | false",
        "{\"conn_id\":\"c1\",\"frame\":\"\"} | \"\"",
        "{\"conn_id\":\"c1\",\"frame\":[]} | []",
        "{\"conn_id\":\"c1\",\"frame\":\"<>&\\u2028\"} | \"<>&\\u2028\"",
        "{\"conn_id\":\"c1\",\"frame\":{\"conn_id\":\"x\",\"close_code\":1}} | {\"conn_id\":\"x\",\"close_code\":1}",
        "{\"conn_id\":\"c1\",\"frame\":1,\"push_wake\":\"x\"} | 1",
        "{\"token\":1,\"conn_id\":\"c1\",\"frame\":1} | 1",
        "{\"conn\\u005fid\":\"c\\u0031\",\"frame\":1} | 1",
        "{\"conn_id\":\"a\",\"conn_id\":\"c1\",\"frame\":1} | 1",
        "{\"frame\":2,\"conn_id\":\"c1\",\"frame\":1} | 1",
        "{\"conn_id\":\"c1\",\"frame\":1,\"close_code\":0} | 1",
        "{\"conn_id\":\"c1\",\"frame\":1,\"close_code\":4401,\"close_code\":null} | 1",
      })
  void dataForAPhone(String envelope, String frame) {
    ByteBuf message = Texts.message(envelope + "\n");
    assertThat(reader.read(message)).isEqualTo(EnvelopeKind.DATA);
    assertThat(reader.isFor(C1)).isTrue();
    assertThat(reader.connId()).isEqualTo("c1");
    assertThat(frameOf(message)).isEqualTo(frame);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"conn_id\":\"c1\"}",
        "{\"conn_id\":\"c1\",\"frame\":null}",
        "{\"conn_id\":\"c1\",\"close_code\":0}",
        "{\"conn_id\":\"c1\",\"close_code\":null}",
        "{\"conn_id\":\"c1\",\"frame\":1,\"frame\":null}",
      })
  void whatSaysNothingToAPhone(String envelope) {
    assertThat(kind(envelope)).isEqualTo(EnvelopeKind.MISSING_FRAME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"conn_id\":\"c1\",\"frame\":{\"a\":1},\"close_code\":4401} | 4401 | true",
        "{\"close_code\":4401,\"frame\":1,\"conn_id\":\"c1\"} | 4401 | true",
        "{\"conn_id\":\"c1\",\"frame\":null,\"close_code\":4421} | 4421 | false",
        "{\"conn_id\":\"c1\",\"close_code\":4421} | 4421 | false",
        "{\"conn_id\":\"c1\",\"close_code\":1} | 1 | false",
        "{\"conn_id\":\"c1\",\"close_code\":65535} | 65535 | false",
      })
  void aPhoneToBeClosed(String envelope, int code, boolean withFrame) {
    assertThat(kind(envelope)).isEqualTo(EnvelopeKind.CLOSE);
    assertThat(reader.closeCode()).isEqualTo(code);
    assertThat(reader.hasFrame()).isEqualTo(withFrame);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"4401\"",
        "-1",
        "-0",
        "65536",
        "100000",
        "99999999999999999999",
        "1.5",
        "4401.0",
        "4.4e3",
        "1e3",
        "true",
        "{}",
        "[]"
      })
  void aCloseCodeOfAnotherTypeIsMalformed(String code) {
    assertThat(kind("{\"conn_id\":\"c1\",\"close_code\":" + code + "}"))
        .isEqualTo(EnvelopeKind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"frame\":{}}",
        "{\"conn_id\":\"\",\"frame\":{}}",
        "{\"conn_id\":null,\"frame\":{}}",
        "{\"conn_id\":\"c1\",\"conn_id\":null,\"frame\":{}}",
        "{}",
        " { } ",
        "null",
        "{\"push_wake\":null}",
        "{\"Conn_Id\":\"c1\",\"frame\":1}",
        "{\"conn_idd\":\"c1\",\"frame\":1}",
        "{\"conn_i\":\"c1\",\"frame\":1}",
        "{\"conn_id\\u0000\":\"c1\",\"frame\":1}",
        "{\"type\":\"hello\",\"version\":\"1.0\"}",
      })
  void whatIsForNobody(String envelope) {
    assertThat(kind(envelope)).isEqualTo(EnvelopeKind.MISSING_CONN_ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "\"x\"",
        "nul",
        "nulll",
        "{",
        "{\"conn_id\":\"c1\",\"frame\":}",
        "{\"conn_id\":\"c1\",\"frame\":1,}",
        "{\"conn_id\":\"c1\" \"frame\":1}",
        "{}{}",
        "{}x",
        "\uFEFF{}",
        "{\"conn_id\":\"c1\",\"frame\":\"\u0000\"}",
        "{\"conn_id\":\"c1\",\"frame\":\"\n\"}",
        "{\"conn_id\":\"c1\",\"frame\":01}",
        "{\"conn_id\":\"c1\",\"frame\":+1}",
        "{\"conn_id\":\"c1\",\"frame\":NaN}",
        "{\"conn_id\":7,\"frame\":{}}",
        "{\"conn_id\":{},\"frame\":{}}",
        "{\"conn_id\":true,\"frame\":{}}",
        "{\"conn_id\":7,\"conn_id\":\"c1\",\"frame\":{}}",
      })
  void whatIsNoEnvelope(String message) {
    assertThat(kind(message)).isEqualTo(EnvelopeKind.MALFORMED);
  }

  @Test
  void aFrameThatIsNotUtf8IsMalformed() {
    byte[] bytes = "{\"conn_id\":\"c1\",\"frame\":\"x\"}".getBytes(UTF_8);
    bytes[bytes.length - 3] = (byte) 0xff;
    assertThat(reader.read(Texts.message(bytes))).isEqualTo(EnvelopeKind.MALFORMED);
  }

  @Test
  void theEnvelopeCountsAsOneLevel() {
    String head = "{\"conn_id\":\"c1\",\"frame\":";
    assertThat(kind(head + Texts.nested(1023) + "}")).isEqualTo(EnvelopeKind.DATA);
    assertThat(kind(head + Texts.nested(1024) + "}")).isEqualTo(EnvelopeKind.MALFORMED);
    assertThat(kind("{\"x\":" + Texts.nested(1000) + ",\"conn_id\":\"c1\",\"frame\":1}"))
        .isEqualTo(EnvelopeKind.DATA);
  }

  @Test
  void everyProperPrefixIsMalformed() {
    byte[] bytes =
        "{\"conn_id\":\"c1\",\"frame\":{\"é\":[1]},\"close_code\":4401,\"push_wake\":{}}"
            .getBytes(UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(reader.read(Texts.message(Arrays.copyOf(bytes, length))))
          .as("%d bytes", length)
          .isEqualTo(EnvelopeKind.MALFORMED);
    }
    assertThat(reader.read(Texts.message(bytes))).isEqualTo(EnvelopeKind.CLOSE);
  }

  @Test
  void aMessageLeavesNothingBehindForTheNext() {
    assertThat(kind("{\"conn_id\":\"c1\",\"frame\":1,\"close_code\":4401,\"push_wake\":{}}"))
        .isEqualTo(EnvelopeKind.CLOSE);
    assertThat(kind("{}")).isEqualTo(EnvelopeKind.MISSING_CONN_ID);
    assertThat(reader.isFor(C1)).isFalse();
    assertThat(reader.connId()).isEmpty();
    assertThat(reader.hasFrame()).isFalse();
    assertThat(reader.frameLength()).isZero();
    assertThat(reader.closeCode()).isZero();
    assertThat(reader.wake()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"c1,true", "c,false", "c11,false", "C1,false", "c2,false"})
  void aNameIsComparedWhole(String name, boolean same) {
    assertThat(kind("{\"conn_id\":\"\\u00631\",\"frame\":1}")).isEqualTo(EnvelopeKind.DATA);
    assertThat(reader.isFor(name.getBytes(US_ASCII))).isEqualTo(same);
  }

  @Test
  void readsTheVectorOfTheSpecification() {
    byte[] bytes =
        HexFormat.of().parseHex("7b22636f6e6e5f6964223a226331222c226672616d65223a7b2261223a317d7d");
    ByteBuf message = Texts.message(bytes);
    assertThat(reader.read(message)).isEqualTo(EnvelopeKind.DATA);
    assertThat(frameOf(message)).isEqualTo("{\"a\":1}");
  }

  private EnvelopeKind kind(String message) {
    return reader.read(Texts.message(message));
  }

  private String frameOf(ByteBuf message) {
    int from = reader.frameIndex();
    return Texts.between(message, from, from + reader.frameLength());
  }
}
