package dev.gatehouse.control.daemon;

import dev.gatehouse.control.ops.LogConfig;
import dev.gatehouse.v1.LogLevel;

/** Levels of the log as messages. */
final class LevelMessages {

  private LevelMessages() {}

  /** The word of the configuration; empty for a constant that has none. */
  static String label(LogLevel level) {
    return switch (level) {
      case LOG_LEVEL_DEBUG -> LogConfig.Level.DEBUG.label();
      case LOG_LEVEL_INFO -> LogConfig.Level.INFO.label();
      case LOG_LEVEL_WARN -> LogConfig.Level.WARN.label();
      case LOG_LEVEL_ERROR -> LogConfig.Level.ERROR.label();
      case LOG_LEVEL_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  static LogLevel of(LogConfig.Level level) {
    return switch (level) {
      case DEBUG -> LogLevel.LOG_LEVEL_DEBUG;
      case INFO -> LogLevel.LOG_LEVEL_INFO;
      case WARN -> LogLevel.LOG_LEVEL_WARN;
      case ERROR -> LogLevel.LOG_LEVEL_ERROR;
    };
  }
}
