package dev.gatehouse.kernel.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.LoopbackBind.Malformed;
import dev.gatehouse.kernel.address.LoopbackBind.NotLoopback;
import dev.gatehouse.kernel.address.LoopbackBind.Ok;
import dev.gatehouse.kernel.address.LoopbackBind.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackBindTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9090, 127.0.0.1:9090",
    "127.0.0.5:1234, 127.0.0.5:1234",
    "[::1]:9090, [::1]:9090",
    "127.255.255.255:65535, 127.255.255.255:65535",
    "127.0.0.1:1, 127.0.0.1:1",
    "[0:0:0:0:0:0:0:1]:9090, [::1]:9090",
  })
  void takesALoopbackLiteral(String text, String endpoint) {
    assertThat(LoopbackBind.check(text))
        .isInstanceOfSatisfying(Ok.class, ok -> assertThat(ok.endpoint()).hasToString(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0:9090",
        "192.168.1.10:9090",
        "10.0.0.5:9090",
        "126.255.255.255:9090",
        "128.0.0.0:9090",
        "169.254.1.1:9090",
        "[2001:db8::1]:9090",
        "[::]:9090",
        "[fe80::1]:9090",
        "[fc00::1]:9090",
        "[::2]:9090",
        ":9090",
        "[::ffff:127.0.0.1]:9090",
      })
  void wouldPublishTheListener(String text) {
    assertThat(error(text, NotLoopback.class))
        .isEqualTo(
            "ops.listen = \"%s\": not a loopback address; use 127.0.0.1:9090 or [::1]:9090,"
                    .formatted(text)
                + " or \"\" to switch the listener off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:9090",
        "ops.example.org:9090",
        "[::1%lo]:9090",
        "127.1:9090",
        "2130706433:9090",
        "0x7f.1:9090",
        "0177.0.0.1:9090",
        "127.0.0.01:9090",
        "*:9090",
      })
  void refusesANameWithoutAskingAnybody(String text) {
    long questions = FailingResolver.QUESTIONS.get();
    assertThat(error(text, NotLoopback.class))
        .isEqualTo(
            "ops.listen = \"%s\": host names are refused, an IP literal is required; use 127.0.0.1:9090"
                .formatted(text));
    assertThat(FailingResolver.QUESTIONS).hasValue(questions);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1:0",
        "127.0.0.1:99999",
        "127.0.0.1:65536",
        "127.0.0.1:-1",
        "127.0.0.1:",
        "127.0.0.1:http",
        "127.0.0.1:+9090",
        "127.0.0.1:09090",
        "127.0.0.1:９０９０",
        "127.0.0.1:100000",
        "127.0.0.1",
        "9090",
        ":",
        "::1:9090",
        "[::1]",
        "[::1]9090",
        "[::1]]:9090",
        "[]:9090",
        "[127.0.0.1]:9090",
        "[::1:9090",
        " 127.0.0.1:9090",
        "127.0.0.1:9090 ",
        "127.0.0.1:9090\n",
        "127.0.0.1 :9090",
        "[ ::1]:9090",
        "http://127.0.0.1:9090",
        "127.0.0.1:9090/metrics",
        "0.0.0.0:0",
        "localhost:0",
      })
  void refusesWhatIsNoAddressAndPort(String text) {
    assertThat(error(text, Malformed.class))
        .isEqualTo(
            "ops.listen = \"%s\": expected IP:PORT with a port from 1 to 65535,".formatted(text)
                + " such as 127.0.0.1:9090");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gatehouse.toml:3: ops.listen", "GATEHOUSE_OPS_LISTEN", "--metrics-listen"})
  void theErrorBeginsWithWhereTheTextCameFrom(String origin) {
    assertThat(((Refused) LoopbackBind.check("0.0.0.0:8000")).error(origin))
        .startsWith(origin + " = \"0.0.0.0:8000\": not a loopback address; use 127.0.0.1:8000");
  }

  private static String error(String text, Class<? extends Refused> type) {
    LoopbackBind checked = LoopbackBind.check(text);
    assertThat(checked).isInstanceOf(type);
    return ((Refused) checked).error("ops.listen");
  }
}
