package dev.gatehouse.wire.http;

import static dev.gatehouse.wire.http.Texts.bytes;
import static dev.gatehouse.wire.http.Texts.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notation is that of {@link Texts}. */
class StatusLineTest {

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1·200·OK, HTTP_1_1, 200, OK",
    "HTTP/1.0·404·Not·Found, HTTP_1_0, 404, Not·Found",
    "HTTP/1.1·100·, HTTP_1_1, 100, ''",
    "HTTP/1.1·599, HTTP_1_1, 599, ''",
    "HTTP/1.1·200·Ã¼, HTTP_1_1, 200, Ã¼",
  })
  void readsVersionStatusAndReason(String line, HttpVersion version, int status, String reason) {
    assertThat(response(bytes(line + "$$")))
        .isEqualTo(
            new Complete<>(
                new Head<>(
                    new StatusLine(version, status, reason.replace('·', ' ')), Fields.NONE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1··200·OK$$",
        "HTTP/1.1·20·OK$$",
        "HTTP/1.1·2000·OK$$",
        "HTTP/1.1·+20·OK$$",
        "HTTP/1.1·200OK$$",
        "HTTP/1·200·OK$$",
        "ICY·200·OK$$",
        "·HTTP/1.1·200·OK$$",
        "HTTP/1.1·200·OK\n\n",
        "HTTP/1.1·200·O\0K$$",
        "$HTTP/1.1·200·OK$$",
        "\0\0\22\4\0\0\0\0\0",
      })
  void refusesALineThatIsNotTheGrammar(String text) {
    assertThat(response(bytes(text))).isEqualTo(new Malformed<>(Http1Fault.START_LINE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "099", "600", "999"})
  void refusesAStatusOfNoClass(String status) {
    assertThat(response(bytes("HTTP/1.1·" + status + "·x$$")))
        .isEqualTo(new Malformed<>(Http1Fault.STATUS));
  }

  @Test
  void refusesAVersionThatWasNotAskedFor() {
    assertThat(response(bytes("HTTP/2.0·200·OK$$"))).isEqualTo(new Malformed<>(Http1Fault.VERSION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a\nb", "a\0"})
  void aReasonThatBreaksOutOfItsLineCannotBeMade(String reason) {
    assertThatThrownBy(() -> new StatusLine(HttpVersion.HTTP_1_1, 200, reason))
        .hasMessageContaining("expected: 100-599");
  }
}
