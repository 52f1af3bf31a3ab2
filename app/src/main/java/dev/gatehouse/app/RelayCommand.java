package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.dropin.Arguments;
import dev.gatehouse.app.dropin.DropIn;
import dev.gatehouse.app.edge.EdgeStore;
import dev.gatehouse.app.log.Logging;
import dev.gatehouse.app.operation.ConfigSupply;
import dev.gatehouse.app.start.Signals;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.relay.RelayCommands;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code gatehouse relay} without a word behind it: the daemon with the relay alone, under the
 * flags of the program that it replaces. It keeps no state and tells all that is wrong at once.
 */
final class RelayCommand {

  /** What makes it vain to look at the ports: they are not those that are meant. */
  private static final Set<BootCheck> ABOUT_ADDRESSES =
      EnumSet.of(
          BootCheck.MODE, BootCheck.EXCLUSIVE, BootCheck.OPS_ADDRESS, BootCheck.LISTENER_ADDRESS);

  private final Terminal terminal;
  private final Ticker ticker;

  RelayCommand(Terminal terminal, Ticker ticker) {
    this.terminal = terminal;
    this.ticker = ticker;
  }

  /** Whether a command line asks for the daemon, and not for a command about one that runs. */
  static boolean isMeantBy(List<String> words) {
    return !words.isEmpty()
        && words.getFirst().equals("relay")
        && (words.size() == 1 || !RelayCommands.names().contains(words.get(1)));
  }

  /** Runs until a signal, an operator or a failure ends it; the exit code of the process. */
  int run(List<String> words) {
    Arguments arguments = Arguments.of(words);
    if (arguments.problems().isEmpty() && (arguments.help() || arguments.version())) {
      terminal.out().println(arguments.help() ? DropIn.help() : Version.current());
      return Cli.OK;
    }
    Logging.configure("info", Logging.Format.TEXT);
    DropIn dropIn = new DropIn(arguments, terminal.environment());
    try {
      return start(dropIn, dropIn.read());
    } catch (IOException e) {
      return refuse(
          new BootReport(dropIn.findings())
              .and(List.of(refusal(BootCheck.USAGE, e, "name another file with --config"))));
    } catch (StoreException e) {
      return refuse(
          new BootReport(List.of(refusal(BootCheck.STORE, e, "see what the system says of it"))));
    }
  }

  private int start(DropIn dropIn, ConfigResult<GatehouseConfig> result) throws StoreException {
    return switch (result) {
      case ConfigResult.Refused<GatehouseConfig>(
              List<ConfigProblem> problems,
              Optional<GatehouseConfig> standIn) -> {
        List<Finding> findings = new ArrayList<>(dropIn.findings());
        findings.addAll(DropIn.findings(problems));
        standIn.ifPresent(config -> findings.addAll(checks(config, findings)));
        yield refuse(new BootReport(findings));
      }
      case Loaded<GatehouseConfig> loaded -> {
        StartLog.open(loaded.value().ops().log());
        StartLog.configuration(loaded.effective(), loaded.warnings());
        BootReport report =
            new BootReport(dropIn.findings()).and(checks(loaded.value(), List.of()));
        yield report.exitCode() == Cli.OK ? serve(dropIn, loaded, report) : refuse(report);
      }
    };
  }

  private List<Finding> checks(GatehouseConfig config, List<Finding> known) {
    List<Finding> findings =
        new ArrayList<>(Preflight.process(config, terminal.environment()).findings());
    findings.add(DropIn.insecure(config));
    if (known.stream().map(Finding::check).noneMatch(ABOUT_ADDRESSES::contains)) {
      findings.addAll(Preflight.edge(config, config.ruleset()));
    }
    return findings;
  }

  private int serve(DropIn dropIn, Loaded<GatehouseConfig> loaded, BootReport report)
      throws StoreException {
    StartLog.findings(report);
    EdgeStore edge = EdgeStore.inMemory(loaded.value().ruleset(), ticker.now());
    ConfigSupply supply = new ConfigSupply(dropIn::read, terminal.environment());
    Gatehouse gatehouse = new Gatehouse(loaded, supply, edge, report, ticker);
    return new Daemon(gatehouse, Signals.ofProcess()).run();
  }

  private static int refuse(BootReport report) {
    StartLog.findings(report);
    return report.exitCode();
  }

  private static Finding refusal(BootCheck check, Exception cause, String fix) {
    return new Finding.Refusal(check, String.valueOf(cause.getMessage()), fix, Map.of());
  }
}
