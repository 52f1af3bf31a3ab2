package dev.gatehouse.cli;

import dev.gatehouse.cli.command.DaemonOption;
import dev.gatehouse.cli.command.OutputOption;
import dev.gatehouse.cli.exposure.ExpectedEntries;
import dev.gatehouse.cli.exposure.ExposureJson;
import dev.gatehouse.cli.exposure.ExposureText;
import dev.gatehouse.cli.terminal.LiveView;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.terminal.TerminalWidth;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.GetExposureRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse exposure}: what this host exposes, to whom, and who holds it. */
@Command(
    name = "exposure",
    description = "Show what listens on this host, from how far it is reached, and who holds it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done; with --check: no drift",
      "1:no daemon, or it failed; with --check: drift, or a scan that failed or is stale",
      "2:the usage is wrong"
    },
    footer = {
      "",
      "Examples:",
      "  gatehouse exposure --public              what the internet can reach",
      "  gatehouse exposure --local               without a daemon, with your own rights",
      "  gatehouse exposure --check --drift       for cron and pipelines",
      "  gatehouse exposure --as-expected         entries for watch.expected, to be reviewed",
      "  gatehouse exposure --watch --json        one event per line, as it happens"
    })
final class ExposureCommand implements Callable<Integer> {

  private static final String ALTERNATIVE = ", or scan directly with 'gatehouse exposure --local'";

  private final Terminal terminal;
  private final LocalExposure localExposure;

  @Mixin private ExposureOptions part = new ExposureOptions();

  @Option(
      names = "--check",
      description = "Scan now; exit with 1 if anything differs from watch.expected.")
  private boolean check;

  @Option(names = "--watch", description = "Go on, and show each change as it happens.")
  private boolean watch;

  @Option(
      names = "--as-expected",
      description = "Print [[watch.expected]] entries for what is found beyond loopback.")
  private boolean asExpected;

  @Option(names = "--local", description = "Scan in this process; needs no daemon.")
  private boolean local;

  @Option(names = "--no-trunc", description = "Shorten nothing, however narrow the terminal.")
  private boolean noTrunc;

  @Mixin private OutputOption output = new OutputOption();
  @Mixin private DaemonOption daemon = new DaemonOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  ExposureCommand(Terminal terminal, LocalExposure localExposure) {
    this.terminal = terminal;
    this.localExposure = localExposure;
  }

  @Override
  public Integer call() throws Exception {
    refuse(watch && local, "--watch needs the daemon's scans (given: --local); leave one out");
    refuse(watch && check, "--check ends, --watch does not; leave one out");
    refuse(watch && asExpected, "--as-expected ends, --watch does not; leave one out");
    refuse(asExpected && output.isJson(), "--as-expected prints TOML (given: JSON); leave one out");
    if (local) {
      return show(localExposure.scan(part.allNamespaces()));
    }
    return daemon.with(terminal.environment(), ALTERNATIVE, this::ask);
  }

  private int ask(GatehouseClient client) throws ControlException {
    if (watch) {
      ExposureWatch stream = new ExposureWatch(client, new LiveView(terminal), part);
      return output.isJson() ? stream.printEvents() : stream.redraw(request(), text());
    }
    return show(client.watch().exposure(request()));
  }

  private int show(Exposure exposure) {
    Exposure selected = part.selection().of(exposure);
    terminal.out().print(print(selected));
    terminal.out().flush();
    return check && !isClean(selected) ? Cli.FAILED : Cli.OK;
  }

  private String print(Exposure exposure) {
    if (asExpected) {
      return ExpectedEntries.toml(exposure);
    }
    return output.isJson() ? ExposureJson.of(exposure) + "\n" : text().of(exposure);
  }

  /** A scan that did not happen proves nothing, so it is not clean. */
  private static boolean isClean(Exposure exposure) {
    return exposure.getDriftCount() == 0
        && !exposure.getStale()
        && exposure.getSourcesList().stream().allMatch(use -> use.getError().isEmpty());
  }

  private GetExposureRequest request() {
    return GetExposureRequest.newBuilder()
        .setMinScope(part.minScope())
        .setFresh(check)
        .setIncludeNamespaces(part.allNamespaces())
        .build();
  }

  private ExposureText text() {
    return new ExposureText(
        noTrunc || !terminal.interactive() ? TerminalWidth.UNKNOWN : terminal.columns(),
        terminal.colours(),
        terminal.zone());
  }

  private void refuse(boolean contradiction, String message) {
    if (contradiction) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
