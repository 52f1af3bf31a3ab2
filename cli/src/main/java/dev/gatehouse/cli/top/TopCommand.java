package dev.gatehouse.cli.top;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.command.DurationConverter;
import dev.gatehouse.cli.command.ExitCode;
import dev.gatehouse.cli.terminal.LiveView;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import java.time.Duration;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gatehouse top}. */
@Command(
    name = "top",
    description = "Show what goes through the daemon, again and again; Ctrl-C ends it.",
    footer = {
      "",
      "Examples:",
      "  gatehouse top",
      "  gatehouse top --interval 5s --routes 40",
      "  gatehouse top --json --count 10"
    })
public final class TopCommand extends DaemonCommand {

  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "From 200ms to 60s; default: 1s.")
  private Duration interval = Duration.ofSeconds(1);

  @Option(names = "--count", paramLabel = "N", description = "End after so many; default: go on.")
  private int count = Integer.MAX_VALUE;

  @Option(
      names = "--routes",
      paramLabel = "N",
      description = "Show so many routes, the busiest first; default: ${DEFAULT-VALUE}.")
  private int routes = 20;

  public TopCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected void check() {
    refuse(
        interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0,
        "interval: %d ms (expected: 200ms to 60s)".formatted(interval.toMillis()));
    refuse(count < 1, "count: %d (expected: 1 or more)".formatted(count));
    refuse(routes < 1, "routes: %d (expected: 1 or more)".formatted(routes));
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException {
    Countdown countdown = new Countdown(count);
    Predicate<Look> view = view();
    Refusals refusals = new Refusals();
    try (RelayFeed relay = new RelayFeed(client, interval);
        TrackerWatch tracker = new TrackerWatch(client, interval)) {
      client
          .daemon()
          .watchStatus(
              interval,
              status ->
                  view.test(
                          new Look(
                              status,
                              refusals.after(status),
                              relay.beside(status),
                              tracker.at(status)))
                      && countdown.goesOn());
    }
    return ExitCode.OK;
  }

  private Predicate<Look> view() {
    LiveView view = new LiveView(terminal());
    if (isJson()) {
      return look -> view.append(json(json -> TopJson.of(json, look)));
    }
    TopText text = new TopText(terminal(), routes);
    return look -> view.draw(text.of(look));
  }

  /** How many answers are still wanted. */
  private static final class Countdown {

    private int left;

    Countdown(int count) {
      left = count;
    }

    boolean goesOn() {
      return --left > 0;
    }
  }
}
