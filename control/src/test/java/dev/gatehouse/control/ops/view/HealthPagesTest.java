package dev.gatehouse.control.ops.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.ServerView.Service;
import dev.gatehouse.control.ops.FakeServer;
import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthPagesTest {

  @Test
  void healthTellsEveryStateAndIsAlwaysOk() {
    Service[] services =
        Arrays.stream(ServiceState.values())
            .map(state -> new Service(state.name(), state, List.of()))
            .toArray(Service[]::new);
    Answer answer = health(services).healthz();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"ok\",\"version\":\"1.2.3\",\"uptime_seconds\":61,\"services\":{"
                + "\"OFF\":\"off\",\"STARTING\":\"starting\",\"SERVING\":\"serving\","
                + "\"DRAINING\":\"draining\",\"FAILED\":\"failed\"}}");
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, 200",
    "STARTING, 503",
    "SERVING, 200",
    "DRAINING, 503",
    "FAILED, 503",
  })
  void onlyWhatIsOnMustServe(ServiceState state, int code) {
    Answer answer = health(new Service("relay", state, List.of())).readyz();
    assertThat(answer.status()).isEqualTo(code);
    assertThat(answer.body())
        .isEqualTo(
            code == 200
                ? "{\"ready\":true}"
                : "{\"ready\":false,\"waiting_for\":[\"relay: " + state.label() + "\"]}");
  }

  @Test
  void everythingThatIsWaitedForIsNamed() {
    Answer answer =
        health(
                new Service("relay", ServiceState.SERVING, List.of("certificate", "\"dns\"")),
                new Service("watch", ServiceState.STARTING, List.of("first scan")))
            .readyz();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .isEqualTo(
            "{\"ready\":false,\"waiting_for\":[\"relay: certificate\",\"relay: \\\"dns\\\"\","
                + "\"watch: first scan\"]}");
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "'a\"b', 'a\\\"b'",
    "'a\\b', 'a\\\\b'",
    "'a\nb\tc', 'a\\u000ab\\u0009c'",
    "caf\u00e9, caf\u00e9",
    "\ud83d\ude00, '\\ud83d\\ude00'",
  })
  void jsonTextIsEscaped(String text, String escaped) {
    assertThat(Json.string(text)).isEqualTo("\"" + escaped + "\"");
  }

  private static HealthPages health(Service... services) {
    return new HealthPages(new FakeServer(List.of(services)));
  }
}
