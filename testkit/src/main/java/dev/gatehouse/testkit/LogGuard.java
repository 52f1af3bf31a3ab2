package dev.gatehouse.testkit;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/**
 * Fails a test during which a warning or an error was logged that it did not expect, or one was not
 * logged that it did.
 *
 * <p>Registered as an instance field with {@code @RegisterExtension}; tests in parallel would see
 * each other's lines.
 */
public final class LogGuard implements BeforeEachCallback, AfterEachCallback {

  private final List<LoggedEvent> lines = new CopyOnWriteArrayList<>();
  private final Set<String> expected = ConcurrentHashMap.newKeySet();
  private final AppenderBase<ILoggingEvent> capture =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          lines.add(logged(line));
        }
      };

  /** Says that this event, of whatever level, will be logged before the test ends. */
  public void expect(String event) {
    expected.add(event);
  }

  /** Everything of one name logged so far, in order. */
  public List<LoggedEvent> events(String event) {
    return lines.stream().filter(line -> line.event().equals(event)).toList();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    lines.clear();
    expected.clear();
    LoggerContext loggers = root().getLoggerContext();
    capture.setContext(loggers);
    capture.start();
    root().addAppender(capture);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    root().detachAppender(capture);
    capture.stop();
    List<LoggedEvent> stray = lines.stream().filter(this::isStray).toList();
    List<String> missing = expected.stream().filter(event -> events(event).isEmpty()).toList();
    if (!stray.isEmpty() || !missing.isEmpty()) {
      throw new AssertionError("logged: " + stray + ", not logged: " + missing);
    }
  }

  private boolean isStray(LoggedEvent line) {
    return line.level().toInt() >= Level.WARN.toInt() && !expected.contains(line.event());
  }

  private static LoggedEvent logged(ILoggingEvent line) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<KeyValuePair> pairs = line.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> fields.put(pair.key, String.valueOf(pair.value)));
    }
    return new LoggedEvent(
        Level.valueOf(line.getLevel().toString()), line.getFormattedMessage(), fields);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
