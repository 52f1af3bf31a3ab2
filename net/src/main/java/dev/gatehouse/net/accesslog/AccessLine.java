package dev.gatehouse.net.accesslog;

import org.slf4j.spi.LoggingEventBuilder;

/** One line while it is written. */
final class AccessLine implements FieldSink {

  private LoggingEventBuilder line;

  AccessLine(LoggingEventBuilder line) {
    this.line = line;
  }

  void log(AccessEvent event) {
    line = line.setMessage(event.event());
    event.fields(this);
    line.log();
  }

  @Override
  public void text(String key, String value) {
    line = line.addKeyValue(key, ClientText.harmless(value));
  }

  @Override
  public void number(String key, long value) {
    line = line.addKeyValue(key, value);
  }
}
