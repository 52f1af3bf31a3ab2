package dev.gatehouse.cli.tracker;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.DurationConverter;
import dev.gatehouse.cli.command.ExitCode;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.tracker.ProbeCheck;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse tracker probe}. */
@Command(
    name = "probe",
    description = "Ask a tracker as two clients would, and say whether they find each other.",
    footer = {
      "",
      "The daemon asks, so that what it cannot reach is not reached. Torrents and clients are",
      "invented, and gone afterwards. Ends with 1 if anything is not as it must be.",
      "",
      "Examples:",
      "  gatehouse tracker probe",
      "  gatehouse tracker probe --http https://tracker.example.org/announce --udp ''"
    })
final class ProbeTracker extends DaemonCommand {

  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  @Option(
      names = "--http",
      paramLabel = "URL",
      description = "Where it answers by HTTP; empty: not asked; default: ${DEFAULT-VALUE}.")
  private String http = "http://127.0.0.1:6969/announce";

  @Option(
      names = "--udp",
      paramLabel = "URL",
      description = "Where it answers by UDP; empty: not asked; default: ${DEFAULT-VALUE}.")
  private String udp = "udp://127.0.0.1:6969";

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Between the two clients, up to 5s; default: 1s.")
  private Duration delay = Duration.ofSeconds(1);

  ProbeTracker(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected void check() {
    refuse(http.isEmpty() && udp.isEmpty(), "nobody to ask; give --http or --udp an address");
    refuse(
        delay.compareTo(LONGEST_DELAY) > 0,
        "delay: %d ms (expected: up to 5s)".formatted(delay.toMillis()));
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    List<ProbeCheck> checks = client.tracker().probe(http, udp, delay);
    int shown =
        show(
            () -> checks.stream().map(ProbeTracker::line).collect(Collectors.joining()),
            json ->
                json.objects(
                    "checks",
                    checks,
                    check ->
                        json.text("name", check.name())
                            .truth("passed", check.passed())
                            .text("detail", check.detail())));
    return checks.stream().allMatch(ProbeCheck::passed) ? shown : ExitCode.FAILED;
  }

  private static String line(ProbeCheck check) {
    return "%s  %s: %s%n"
        .formatted(
            check.passed() ? "ok    " : "failed",
            PlainText.of(check.name()),
            PlainText.of(check.detail()));
  }
}
