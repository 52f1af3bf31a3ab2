package dev.gatehouse.cli.relay;

import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.client.daemon.ServiceStatus;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.relay.RelayStatus;
import java.time.Duration;
import java.time.Instant;

/** The relay as a whole, as a part of what is said of the daemon. */
public final class RelaySummary {

  private static final String SERVICE = "relay";

  private RelaySummary() {}

  /** Whether a daemon has a relay that can be asked. */
  public static boolean isWorthAsking(Status status) {
    return status.services().stream()
        .filter(service -> service.name().equals(SERVICE))
        .map(ServiceStatus::state)
        .anyMatch(
            state ->
                switch (state) {
                  case SERVING, DRAINING -> true;
                  case OFF, STARTING, FAILED, UNKNOWN -> false;
                });
  }

  /** {@code relay static relay.example.org 3 binaries (1 in grace) 7 phones …}. */
  public static String line(RelayStatus relay, Instant now) {
    RelayStatus.Counts counts = relay.counts();
    return "relay  %s%s  %d binaries%s  %d phones  %d/%d connections%s%s%n"
        .formatted(
            PlainText.of(relay.mode()),
            relay.domain().isEmpty() ? "" : " " + PlainText.of(relay.domain()),
            counts.binaries(),
            counts.graced() == 0 ? "" : " (" + counts.graced() + " in grace)",
            counts.phones(),
            counts.connections(),
            counts.limit(),
            relay
                .certificateEnds()
                .map(end -> "  certificate " + Duration.between(now, end).toDays() + " d")
                .orElse(""),
            relay.draining() ? "  draining" : "");
  }

  /** The same for programs, and what people rarely ask for. */
  public static void json(Json json, RelayStatus relay) {
    RelayStatus.Counts counts = relay.counts();
    json.text("mode", relay.mode())
        .text("domain", relay.domain())
        .number("binaries", counts.binaries())
        .number("graced", counts.graced())
        .number("phones", counts.phones())
        .number("connections", counts.connections())
        .number("connections_limit", counts.limit())
        .number("pending", counts.pending())
        .number("outbox_bytes", relay.backlog().bytes())
        .number("outbox_limit_bytes", relay.backlog().limit())
        .number("paused_phones", relay.backlog().pausedPhones())
        .truth("push_on", relay.pushesInFlight().isPresent())
        .number("pushes_in_flight", relay.pushesInFlight().orElse(0))
        .truth("draining", relay.draining())
        .text("certificate_ends", relay.certificateEnds().map(Times::forPrograms).orElse(""))
        .text("certificate_error", relay.certificateError());
  }
}
