package dev.gatehouse.relay.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.config.PublicHealth;
import dev.gatehouse.relay.registry.Counts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sections 2.17 and 7.15 of the relay's specification. */
class HealthTest {

  @Test
  void saysHowManyAreConnectedAndForHowLong() {
    Health health = new Health("1.0.0", () -> new Counts(1, 5, 2), () -> Duration.ofMillis(61_999));
    assertThat(health.body(PublicHealth.FULL))
        .hasValueSatisfying(
            body ->
                assertThat(body)
                    .isEqualTo(
                        "{\"status\":\"ok\",\"version\":\"1.0.0\",\"connected_binaries\":1,"
                            + "\"connected_phones\":2,\"uptime_seconds\":61}")
                    .hasSize(97));
  }

  @Test
  void startsAtZero() {
    Health health = new Health("dev", () -> new Counts(0, 0, 0), () -> Duration.ofSeconds(-1));
    assertThat(health.body(PublicHealth.FULL))
        .hasValueSatisfying(body -> assertThat(body).hasSize(94).endsWith("\"uptime_seconds\":0}"));
  }

  @Test
  void canKeepItsNumbersToItself() {
    Health health = new Health("dev", () -> new Counts(1, 1, 1), () -> Duration.ZERO);
    assertThat(health.body(PublicHealth.MINIMAL)).contains("{\"status\":\"ok\"}");
    assertThat(health.body(PublicHealth.OFF)).isEmpty();
  }
}
