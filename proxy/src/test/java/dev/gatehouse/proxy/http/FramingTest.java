package dev.gatehouse.proxy.http;

import static dev.gatehouse.proxy.http.Messages.fields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.BodyMeter.Outcome;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

  private static final Framing NOTHING = new Framing.None();

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 5", "999999999999999999, 999999999999999999"})
  void aLengthIsOneToEighteenDigits(String text, long length) {
    Fields fields = fields("content-length", text);
    assertThat(Framing.ofHttp1(fields, HttpVersion.HTTP_1_1, NOTHING))
        .contains(new Framing.Length(length));
    assertThat(Framing.ofHttp2(fields, false)).contains(new Framing.Length(length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "05", "+5", "-0", "0x5", "5,5", "1e3", "1000000000000000000"})
  void anyOtherLengthIsNone(String text) {
    Fields fields = fields("Content-Length", text);
    assertThat(Framing.ofHttp1(fields, HttpVersion.HTTP_1_1, NOTHING)).isEmpty();
    assertThat(Framing.ofHttp2(fields, false)).isEmpty();
  }

  @Test
  void toSayNothingMeansWhatItMeansThere() {
    Framing untilClose = new Framing.UntilClose();
    assertThat(Framing.ofHttp1(Fields.NONE, HttpVersion.HTTP_1_1, NOTHING)).contains(NOTHING);
    assertThat(Framing.ofHttp1(Fields.NONE, HttpVersion.HTTP_1_0, untilClose)).contains(untilClose);
    assertThat(Framing.ofHttp2(Fields.NONE, true)).contains(NOTHING);
    assertThat(Framing.ofHttp2(Fields.NONE, false)).contains(new Framing.Streamed());
  }

  @Test
  void aHeadThatEndsItsStreamPromisesNoBody() {
    assertThat(Framing.ofHttp2(fields("content-length", "5"), true)).isEmpty();
    assertThat(Framing.ofHttp2(fields("content-length", "0"), true))
        .contains(new Framing.Length(0));
  }

  @Test
  void framingIsWrittenAnew() {
    assertThat(new Framing.Length(7).http1()).isEqualTo(fields("Content-Length", "7"));
    assertThat(new Framing.Streamed().http1()).isEqualTo(fields("Transfer-Encoding", "chunked"));
    assertThat(new Framing.UntilClose().http1()).isEqualTo(new Framing.Streamed().http1());
    assertThat(NOTHING.http1()).isEqualTo(Fields.NONE);
    assertThat(new Framing.Length(7).lengthOnly()).isEqualTo(fields("Content-Length", "7"));
    assertThat(new Framing.Streamed().lengthOnly()).isEqualTo(Fields.NONE);
  }

  @Test
  void aBodyIsWholeWhenAllThatWasPromisedIsThere() {
    BodyMeter meter = new BodyMeter(new Framing.Length(10), 0);
    assertThat(meter.take(6)).isEqualTo(Outcome.FINE);
    assertThat(meter.isWhole()).isFalse();
    assertThat(meter.take(4)).isEqualTo(Outcome.FINE);
    assertThat(meter.isWhole()).isTrue();
    assertThat(meter.take(1)).isEqualTo(Outcome.SURPLUS);
    assertThat(meter.isWhole()).isFalse();
    assertThat(meter.bytes()).isEqualTo(11);
  }

  @Test
  void aByteWithoutABodyIsSurplus() {
    BodyMeter meter = new BodyMeter(NOTHING, 0);
    assertThat(meter.take(0)).isEqualTo(Outcome.FINE);
    assertThat(meter.take(1)).isEqualTo(Outcome.SURPLUS);
  }

  @Test
  void aBodyIsTooLargeAtTheFirstByteBeyondTheLimit() {
    BodyMeter meter = new BodyMeter(new Framing.Streamed(), 10);
    assertThat(meter.take(10)).isEqualTo(Outcome.FINE);
    assertThat(meter.take(1)).isEqualTo(Outcome.TOO_LARGE);
    assertThat(meter.isTooLarge()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10, 10, false", "11, 10, true", "11, 0, false"})
  void aHeadMayPromiseTooMuch(long promised, long max, boolean tooLarge) {
    assertThat(new BodyMeter(new Framing.Length(promised), max).isTooLarge()).isEqualTo(tooLarge);
  }
}
