package dev.gatehouse.watch.notice;

import dev.gatehouse.kernel.limit.EventBudget;
import dev.gatehouse.watch.LogScope;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.Listener;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells what changed, a line each, until there are too many: then their number. */
public final class ExposureLog {

  /** Lines on listeners and drift together. */
  public static final int MAX_LINES_A_MINUTE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(ExposureLog.class);

  private final EventBudget budget = new EventBudget(MAX_LINES_A_MINUTE, Duration.ofMinutes(1));

  /** Tells what is worth a line: of openings and closings, those of a scope at least this wide. */
  public void tell(List<ExposureEvent> events, LogScope narrowest, long nowNanos) {
    tellSurplus(nowNanos);
    for (ExposureEvent event : events) {
      Level level = level(event, narrowest);
      if (LOG.isEnabledForLevel(level) && budget.tryTake(nowNanos)) {
        line(event, LOG.atLevel(level)).log();
      }
    }
  }

  private void tellSurplus(long nowNanos) {
    long surplus = budget.takeSurplus(nowNanos);
    if (surplus > 0) {
      LOG.atWarn()
          .setMessage("exposure_events_suppressed")
          .addKeyValue("events", surplus)
          .addKeyValue("limit_per_minute", MAX_LINES_A_MINUTE)
          .log();
    }
  }

  private static Level level(ExposureEvent event, LogScope narrowest) {
    return switch (event) {
      case ExposureEvent.Opened opened -> level(opened.listener(), narrowest);
      case ExposureEvent.Closed closed -> level(closed.listener(), narrowest);
      case ExposureEvent.OwnerChanged _ -> Level.WARN;
      case ExposureEvent.DriftBegan began ->
          began.drift().kind() == DriftKind.SELF ? Level.ERROR : Level.WARN;
      case ExposureEvent.DriftResolved _ -> Level.INFO;
    };
  }

  private static Level level(Listener listener, LogScope narrowest) {
    boolean told = !listener.ephemeral() && narrowest.tells(listener.scope());
    return told ? Level.INFO : Level.DEBUG;
  }

  private static LoggingEventBuilder line(ExposureEvent event, LoggingEventBuilder line) {
    return switch (event) {
      case ExposureEvent.Opened opened ->
          listener(line.setMessage("listener_opened"), opened.listener());
      case ExposureEvent.Closed closed ->
          listener(line.setMessage("listener_closed"), closed.listener());
      case ExposureEvent.OwnerChanged changed ->
          listener(line.setMessage("listener_owner_changed"), changed.listener())
              .addKeyValue("was", changed.was().owner().process());
      case ExposureEvent.DriftBegan began ->
          drift(line.setMessage("exposure_drift"), began.drift())
              .addKeyValue("remedy", began.drift().remedy());
      case ExposureEvent.DriftResolved resolved ->
          drift(line.setMessage("exposure_drift_resolved"), resolved.drift())
              .addKeyValue("lasted", Duration.between(resolved.drift().since(), resolved.at()));
    };
  }

  private static LoggingEventBuilder drift(LoggingEventBuilder empty, Drift drift) {
    LoggingEventBuilder line = empty.addKeyValue("kind", drift.kind().label());
    LoggingEventBuilder described =
        drift.listener().map(found -> listener(line, found)).orElse(line);
    return drift.expected().isEmpty()
        ? described
        : described.addKeyValue("expected", drift.expected());
  }

  private static LoggingEventBuilder listener(LoggingEventBuilder empty, Listener listener) {
    LoggingEventBuilder line =
        empty
            .addKeyValue("proto", listener.binding().protocol().label())
            .addKeyValue("address", listener.binding().address())
            .addKeyValue("port", listener.binding().port())
            .addKeyValue("scope", listener.scope().label())
            .addKeyValue("process", listener.owner().process())
            .addKeyValue("pid", listener.owner().pid())
            .addKeyValue("uid", listener.socketUid())
            .addKeyValue("unit", listener.owner().unit())
            .addKeyValue("container", listener.owner().container())
            .addKeyValue("verdict", listener.verdict().label());
    return listener.binding().isOwnNetns()
        ? line
        : line.addKeyValue("netns", listener.binding().netns());
  }
}
