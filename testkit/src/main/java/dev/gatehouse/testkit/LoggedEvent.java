package dev.gatehouse.testkit;

import java.util.Map;
import org.slf4j.event.Level;

/** One line of the log: its level, the event that is its message, and its fields. */
public record LoggedEvent(Level level, String event, Map<String, String> fields) {

  public LoggedEvent {
    fields = Map.copyOf(fields);
  }
}
