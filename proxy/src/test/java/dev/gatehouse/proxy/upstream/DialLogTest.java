package dev.gatehouse.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.connect.DialFailure;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.LoggedEvent;
import dev.gatehouse.testkit.ManualTicker;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

class DialLogTest {

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final DialLog log = new DialLog();
  private final Backend backend = new Backend(Destination.parse("10.0.0.5:443").orElseThrow());

  @Test
  void aStormIsOneLineInTenSeconds() {
    logs.expect("dial_failed");
    for (int i = 0; i < 1000; i++) {
      failed();
    }
    assertThat(logs.events("dial_failed")).containsExactly(line(0));
    ticker.advance(DialLog.WINDOW);
    failed();
    assertThat(logs.events("dial_failed")).containsExactly(line(0), line(999));
  }

  private void failed() {
    log.failed(backend, DialFailure.REFUSED, ticker.nanos());
  }

  private static LoggedEvent line(int suppressed) {
    return new LoggedEvent(
        Level.WARN,
        "dial_failed",
        Map.of("backend", "10.0.0.5:443", "cause", "refused", "suppressed", "" + suppressed));
  }
}
