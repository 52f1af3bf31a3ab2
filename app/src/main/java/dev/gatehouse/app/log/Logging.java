package dev.gatehouse.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Sets up the log: one line per event on standard error, as text or as JSON. */
public final class Logging {

  /** The form of a line. */
  public enum Format {
    TEXT,
    JSON
  }

  private Logging() {}

  /** Replaces whatever was set up before. */
  public static void configure(String level, Format format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    LineEncoder encoder = new LineEncoder(lines(format));
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level least = Level.toLevel(level, Level.INFO);
    root.setLevel(least);
    root.addAppender(appender);
    quietLibraries(context, least);
  }

  /**
   * Logs from another level on, by the same means.
   *
   * @return the level before
   */
  public static String level(String level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    String before = root.getLevel().toString().toLowerCase(Locale.ROOT);
    Level least = Level.toLevel(level, Level.INFO);
    root.setLevel(least);
    quietLibraries(context, least);
    return before;
  }

  private static LogLine lines(Format format) {
    return switch (format) {
      case TEXT -> new LogfmtLine();
      case JSON -> new JsonLine();
    };
  }

  /** Their debug lines tell stories of connections in words of their own, header by header. */
  private static void quietLibraries(LoggerContext context, Level least) {
    Level theirs = least.isGreaterOrEqual(Level.WARN) ? least : Level.WARN;
    context.getLogger("io.netty").setLevel(theirs);
    context.getLogger("io.grpc").setLevel(theirs);
  }
}
