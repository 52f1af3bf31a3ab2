package dev.gatehouse.cli.top;

import dev.gatehouse.cli.listener.ListenerText;
import dev.gatehouse.cli.relay.RelaySummary;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.daemon.RouteRate;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.relay.RelayNow;
import java.time.Duration;
import java.util.Optional;

/** One look at the front door, for programs: every route, whatever fits the screen. */
final class TopJson {

  private static final double NANOS_PER_MILLI = 1e6;

  private TopJson() {}

  static void of(Json json, Look look) {
    Status status = look.status();
    json.text("gatehouse", status.version())
        .number("uptime_ms", status.uptime().toMillis())
        .truth("draining", status.draining())
        .number("active_connections", status.traffic().activeConnections())
        .number("total_connections", status.traffic().totalConnections())
        .number("config_drift", status.configDrift())
        .objects(
            "listeners",
            status.traffic().listeners(),
            listener -> ListenerText.json(json, listener))
        .objects("routes", status.traffic().rates(), rate -> rate(json, rate))
        .objects(
            "blocked",
            look.refusals(),
            refusal ->
                json.text("reason", refusal.reason())
                    .number("count", refusal.count())
                    .measure("per_second", refusal.perSecond().orElse(Double.NaN)));
    look.tracker().ifPresent(stats -> TrackerLines.json(stats, json));
    look.relay().ifPresent(now -> json.object("relay", one -> relay(one, now)));
  }

  private static void relay(Json json, RelayNow now) {
    RelaySummary.json(json, now.status());
    json.number("messages_to_binaries", now.total().messagesToBinaries())
        .number("bytes_to_binaries", now.total().bytesToBinaries())
        .number("messages_to_phones", now.total().messagesToPhones())
        .number("bytes_to_phones", now.total().bytesToPhones())
        .measure("messages_to_binaries_per_second", now.perSecond().messagesToBinaries())
        .measure("bytes_to_binaries_per_second", now.perSecond().bytesToBinaries())
        .measure("messages_to_phones_per_second", now.perSecond().messagesToPhones())
        .measure("bytes_to_phones_per_second", now.perSecond().bytesToPhones());
  }

  private static void rate(Json json, RouteRate rate) {
    json.text("listener", rate.listener())
        .text("hostname", rate.hostname())
        .text("mode", Words.of(rate.mode()))
        .number("active", rate.active())
        .measure("per_second", rate.perSecond())
        .measure("bytes_from_client_per_second", rate.bytesFromClientPerSecond())
        .measure("bytes_from_backend_per_second", rate.bytesFromBackendPerSecond())
        .measure("errors_per_second", rate.errorsPerSecond())
        .measure("dial_p50_ms", millis(rate.dialP50()))
        .measure("dial_p99_ms", millis(rate.dialP99()));
  }

  private static double millis(Optional<Duration> span) {
    return span.map(length -> length.toNanos() / NANOS_PER_MILLI).orElse(Double.NaN);
  }
}
