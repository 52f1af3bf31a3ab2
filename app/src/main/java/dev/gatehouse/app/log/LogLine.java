package dev.gatehouse.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;

/** One way to write an event as a line. */
sealed interface LogLine permits LogfmtLine, JsonLine {

  /** The event without a line end; no value can end the line. */
  String format(ILoggingEvent event);
}
