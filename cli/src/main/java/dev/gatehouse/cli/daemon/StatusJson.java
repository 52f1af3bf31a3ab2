package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.command.Warnings;
import dev.gatehouse.cli.listener.ListenerText;
import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.client.daemon.CertificateExpiry;
import dev.gatehouse.client.daemon.Status;

/** The daemon's status for programs. */
final class StatusJson {

  private StatusJson() {}

  static void of(Json json, Status status) {
    json.text("gatehouse", status.version())
        .text("started_at", Times.forPrograms(status.startedAt()))
        .number("uptime_seconds", status.uptime().toSeconds())
        .truth("draining", status.draining())
        .number("active_connections", status.traffic().activeConnections())
        .number("total_connections", status.traffic().totalConnections());
    parts(json, status);
    json.number("config_drift", status.configDrift())
        .text(
            "next_certificate_expiry",
            status
                .nextCertificateExpiry()
                .map(CertificateExpiry::at)
                .map(Times::forPrograms)
                .orElse(""))
        .text(
            "next_certificate_route",
            status.nextCertificateExpiry().map(CertificateExpiry::route).orElse(""))
        .text("geoip_built_at", status.geoipBuiltAt().map(Times::forPrograms).orElse(""));
    Warnings.json(json, status.warnings());
  }

  private static void parts(Json json, Status status) {
    json.objects(
            "services",
            status.services(),
            service ->
                json.text("name", service.name())
                    .text("state", Words.of(service.state()))
                    .texts("waiting_for", service.waitingFor()))
        .objects(
            "sockets",
            status.sockets(),
            socket ->
                json.text("service", socket.service())
                    .text("proto", socket.protocol())
                    .text("address", socket.address()))
        .objects(
            "listeners",
            status.traffic().listeners(),
            listener -> ListenerText.json(json, listener))
        .objects(
            "blocked",
            status.traffic().blocked(),
            blocked -> json.text("reason", blocked.reason()).number("count", blocked.count()));
  }
}
