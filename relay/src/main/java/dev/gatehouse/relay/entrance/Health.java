package dev.gatehouse.relay.entrance;

import dev.gatehouse.relay.config.PublicHealth;
import dev.gatehouse.relay.registry.Counts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What strangers may know of the relay: totals, never anything of one server-id. */
public final class Health {

  private final String version;
  private final Supplier<Counts> counts;
  private final Supplier<Duration> uptime;

  public Health(String version, Supplier<Counts> counts, Supplier<Duration> uptime) {
    this.version = version;
    this.counts = counts;
    this.uptime = uptime;
  }

  /** The body of an answer; empty if there is none to be given. */
  Optional<String> body(PublicHealth how) {
    return switch (how) {
      case OFF -> Optional.empty();
      case MINIMAL -> Optional.of("{\"status\":\"ok\"}");
      case FULL -> Optional.of(full());
    };
  }

  private String full() {
    Counts now = counts.get();
    return ("{\"status\":\"ok\",\"version\":\"%s\",\"connected_binaries\":%d,"
            + "\"connected_phones\":%d,\"uptime_seconds\":%d}")
        .formatted(version, now.binaries(), now.phones(), Math.max(0, uptime.get().toSeconds()));
  }
}
