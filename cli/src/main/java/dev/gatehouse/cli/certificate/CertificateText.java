package dev.gatehouse.cli.certificate;

import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.cli.text.Table;
import dev.gatehouse.cli.text.TextStyle;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.client.proxy.Certificate;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Certificates of routes as text. */
final class CertificateText {

  private CertificateText() {}

  /** A row for each. */
  static Table table(List<Certificate> certificates, ZoneId zone) {
    Table table =
        Table.of("LISTENER", "HOSTNAME", "ENDS", "NAMES", "ISSUER", "CHAIN", "FILE", "STATE")
            .shortening("ISSUER", "NAMES", "FILE");
    for (Certificate certificate : certificates) {
      table.row(style(certificate), cells(certificate, zone));
    }
    return table;
  }

  private static List<String> cells(Certificate certificate, ZoneId zone) {
    Optional<Certificate.Served> served = certificate.served();
    return List.of(
        PlainText.of(certificate.listener()),
        PlainText.of(certificate.hostname()),
        served.map(shown -> Times.forPeople(shown.notAfter(), zone)).orElse("-"),
        PlainText.orDash(served.map(shown -> String.join(", ", shown.names())).orElse("")),
        PlainText.orDash(served.map(Certificate.Served::issuer).orElse("")),
        served.map(shown -> Integer.toString(shown.chainLength())).orElse("-"),
        PlainText.of(certificate.file()),
        state(certificate));
  }

  private static String state(Certificate certificate) {
    if (certificate.served().isEmpty()) {
      return "unavailable";
    }
    if (!certificate.lastError().isEmpty()) {
      return "not renewed";
    }
    return certificate.problems().isEmpty() ? "ok" : "look below";
  }

  private static TextStyle style(Certificate certificate) {
    if (certificate.served().isEmpty()) {
      return TextStyle.RED;
    }
    return state(certificate).equals("ok") ? TextStyle.PLAIN : TextStyle.YELLOW;
  }

  /** What is wrong, a line for each. */
  static String problems(List<Certificate> certificates) {
    StringBuilder lines = new StringBuilder();
    for (Certificate certificate : certificates) {
      for (String problem : certificate.problems()) {
        line(lines, certificate, problem);
      }
      if (!certificate.lastError().isEmpty()) {
        line(lines, certificate, certificate.lastError());
      }
    }
    return lines.toString();
  }

  private static void line(StringBuilder lines, Certificate certificate, String sentence) {
    lines
        .append(PlainText.of(certificate.hostname()))
        .append(": ")
        .append(PlainText.of(sentence))
        .append('\n');
  }

  /** The fields of one, for programs. */
  static void json(Json json, Certificate certificate) {
    Optional<Certificate.Served> served = certificate.served();
    json.text("listener", certificate.listener())
        .text("hostname", certificate.hostname())
        .text("file", certificate.file())
        .text("state", state(certificate))
        .text("subject", served.map(Certificate.Served::subject).orElse(""))
        .text("issuer", served.map(Certificate.Served::issuer).orElse(""))
        .texts("names", served.map(Certificate.Served::names).orElse(List.of()))
        .text("not_before", moment(served.map(Certificate.Served::notBefore)))
        .text("not_after", moment(served.map(Certificate.Served::notAfter)))
        .number("chain_length", served.map(Certificate.Served::chainLength).orElse(0))
        .text("sha256", served.map(Certificate.Served::sha256).orElse(""))
        .texts("problems", certificate.problems())
        .text("loaded_at", moment(served.map(Certificate.Served::loadedAt)))
        .text("last_error", certificate.lastError());
  }

  private static String moment(Optional<Instant> at) {
    return at.map(Times::forPrograms).orElse("");
  }
}
