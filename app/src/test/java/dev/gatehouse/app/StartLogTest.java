package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.LoggedEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

class StartLogTest {

  @RegisterExtension final LogGuard log = new LogGuard();

  @Test
  void aStartTellsTheVersionAndHowTheRelayRuns() {
    StartLog.starting("1.0.0", Map.of("mode", "insecure", "listen", "127.0.0.1:8080"));
    assertThat(log.events("starting"))
        .containsExactly(
            new LoggedEvent(
                Level.INFO,
                "starting",
                Map.of("version", "1.0.0", "mode", "insecure", "listen", "127.0.0.1:8080")));
  }

  @Test
  void withoutARelayItTellsTheVersionAlone() {
    StartLog.starting("1.0.0", Map.of());
    assertThat(log.events("starting"))
        .containsExactly(new LoggedEvent(Level.INFO, "starting", Map.of("version", "1.0.0")));
  }

  @Test
  void theListenerOfMetricsIsNamedByItsAddress() {
    StartLog.startingMetricsListener(new Endpoint(IpAddress.ipv4(0x7f00_0001), 9090));
    assertThat(log.events("starting metrics listener"))
        .singleElement()
        .satisfies(
            line -> assertThat(line.fields()).isEqualTo(Map.of("address", "127.0.0.1:9090")));
  }
}
