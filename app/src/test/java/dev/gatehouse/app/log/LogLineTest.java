package dev.gatehouse.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLineTest {

  @Test
  void textIsLogfmt() {
    assertThat(new LogfmtLine().format(event("listener_opened", "port", 443, "process", "nginx")))
        .isEqualTo(
            "time=2026-05-13T10:04:05.123Z level=info msg=listener_opened port=443 process=nginx");
  }

  @Test
  void aValueThatIsNoWordIsQuoted() {
    assertThat(new LogfmtLine().format(event("x", "a", "two words", "b", "", "c", "k=v")))
        .endsWith("msg=x a=\"two words\" b=\"\" c=\"k=v\"");
  }

  @Test
  void noValueCanEndTheLineOrReachTheTerminal() {
    String line = new LogfmtLine().format(event("x", "a", "1\nlevel=error\r\u001b[31m\u2028\"\\"));
    assertThat(line).endsWith("a=\"1\\nlevel=error\\r\\u001b[31m\\u2028\\\"\\\\\"");
  }

  @Test
  void jsonHasTheSameKeysAndKeepsNumbers() {
    assertThat(new JsonLine().format(event("x", "port", 443, "own", true, "name", "a\nb\u001b")))
        .isEqualTo(
            "{\"time\":\"2026-05-13T10:04:05.123Z\",\"level\":\"info\",\"msg\":\"x\","
                + "\"port\":443,\"own\":true,\"name\":\"a\\nb\\u001B\"}");
  }

  @Test
  void aThrowableStaysOnTheLine() {
    LoggingEvent event = event("collector_failed");
    event.setThrowableProxy(
        new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("boom")));
    assertThat(new LogfmtLine().format(event)).contains("trace=\"", "boom\\n").doesNotContain("\n");
  }

  private static LoggingEvent event(String message, Object... pairs) {
    LoggingEvent event = new LoggingEvent();
    event.setLevel(Level.INFO);
    event.setMessage(message);
    event.setInstant(Instant.parse("2026-05-13T10:04:05.123456Z"));
    event.setKeyValuePairs(
        java.util.stream.IntStream.range(0, pairs.length / 2)
            .mapToObj(i -> new KeyValuePair((String) pairs[2 * i], pairs[2 * i + 1]))
            .collect(
                java.util.stream.Collectors.collectingAndThen(
                    java.util.stream.Collectors.toList(), List::copyOf)));
    return event;
  }
}
