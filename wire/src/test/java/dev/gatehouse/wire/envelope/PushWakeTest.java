package dev.gatehouse.wire.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushWakeTest {

  private final EnvelopeReader reader = new EnvelopeReader();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"push_wake\":{\"platform\":\"fcm\",\"token\":\"t\"}} | fcm | t",
        "{\"push_wake\":{\"platform\":\"fcm\",\"token\":\"t\"},\"conn_id\":\"\"} | fcm | t",
        "{\"push_wake\":{\"platform\":\"fcm\",\"token\":\"t\"},\"frame\":1} | fcm | t",
        "{\"push_wake\":{ \"x\" : [ {} ] , \"token\" : \"a\\n\\u00e9\\ud83d\\ude00b\" , \"platform\":\"apns\" } } | apns | ~a\né😀b~",
        "{\"push_wake\":{\"platform\":\"a\",\"platform\":\"fcm\",\"token\":\"t\"}} | fcm | t",
        "{\"push_wake\":{\"pl\\u0061tform\":\"fcm\",\"token\":null}} | fcm | ~~",
        "{\"push_wake\":{}} | ~~ | ~~",
      })
  void readsPlatformAndToken(String envelope, String platform, String token) {
    assertThat(reader.read(Texts.message(envelope))).isEqualTo(EnvelopeKind.WAKE);
    assertThat(reader.wake()).contains(new PushWake(platform, token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\"",
        "1",
        "[]",
        "false",
        "{\"platform\":1,\"token\":\"t\"}",
        "{\"platform\":\"fcm\",\"token\":{}}",
        "{\"platform\":\"fcm\",\"token\":[\"t\"]}",
      })
  void aWakeOfAnotherTypeCannotBeUnderstood(String wake) {
    assertThat(reader.read(Texts.message("{\"push_wake\":" + wake + "}")))
        .isEqualTo(EnvelopeKind.WAKE);
    assertThat(reader.wake()).isEmpty();
  }

  @Test
  void doesNotSayItsToken() {
    assertThat(new PushWake("fcm", "s3cret").toString()).doesNotContain("s3cret");
  }
}
