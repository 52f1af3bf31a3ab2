package dev.gatehouse.cli.daemon;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.DurationConverter;
import dev.gatehouse.cli.command.ExitCode;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.client.daemon.DrainProgress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse drain}. */
@Command(
    name = "drain",
    description = "Take no new connections, let open ones end, and reset what is left.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, with or without resets",
      "1:no daemon, or it left before it was done",
      "2:the usage is wrong"
    },
    footer = {
      "",
      "Examples:",
      "  gatehouse drain                everything; the daemon ends",
      "  gatehouse drain proxy --for 5m"
    })
final class DrainCommand extends DaemonCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "Only this service; the daemon goes on.")
  private String service = "";

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "When to reset what is left; default: ops.shutdown_timeout.")
  private Optional<Duration> timeout = Optional.empty();

  DrainCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    AtomicReference<DrainProgress> last =
        new AtomicReference<>(new DrainProgress(0, List.of(), false, 0));
    try {
      client.daemon().drain(service, timeout, progress -> goOn(progress, last));
    } catch (ControlException e) {
      if (!service.isEmpty() || e.reason() != ControlException.Reason.LOST) {
        throw e;
      }
      // the daemon has ended, as it was asked to, and may have been faster than its last answer
      if (!last.get().done() && last.get().connections() == 0) {
        goOn(new DrainProgress(0, List.of(), true, 0), last);
      }
    }
    return last.get().done() ? ExitCode.OK : unfinished();
  }

  private boolean goOn(DrainProgress progress, AtomicReference<DrainProgress> last) {
    show(progress);
    last.set(progress);
    return !progress.done();
  }

  private void show(DrainProgress progress) {
    show(
        () -> text(progress),
        json ->
            json.truth("done", progress.done())
                .number("connections", progress.connections())
                .number("forced", progress.forced()));
  }

  private int unfinished() {
    terminal().err().println("drain: the daemon left before it was done");
    terminal().err().flush();
    return ExitCode.FAILED;
  }

  private static String text(DrainProgress progress) {
    if (!progress.done()) {
      return "draining: %d open %s%n"
          .formatted(progress.connections(), connections(progress.connections()));
    }
    return progress.forced() == 0
        ? "drained\n"
        : "drained; %d %s reset%n"
            .formatted(progress.forced(), connections(progress.forced()) + wereOrWas(progress));
  }

  private static String connections(long count) {
    return count == 1 ? "connection" : "connections";
  }

  private static String wereOrWas(DrainProgress progress) {
    return progress.forced() == 1 ? " was" : " were";
  }
}
