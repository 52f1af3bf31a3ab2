package dev.gatehouse.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.LoggedEvent;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ComplaintsTest {

  @RegisterExtension private final LogGuard log = new LogGuard();

  private final AtomicLong full = new AtomicLong();
  private final Complaints complaints =
      new Complaints(Map.of("store_full", full::get, "writes_dropped", () -> 0));

  @Test
  void whatHasComeSinceTheLastTimeIsSaidOnce() {
    complaints.tell();
    assertThat(log.events("store_full")).isEmpty();
    full.set(7);
    complaints.tell();
    complaints.tell();
    full.set(9);
    complaints.tell();
    log.expect("store_full");
    assertThat(log.events("store_full"))
        .extracting(LoggedEvent::fields)
        .extracting(fields -> String.valueOf(fields.get("count")))
        .containsExactly("7", "2");
    assertThat(log.events("writes_dropped")).isEmpty();
  }
}
