package dev.gatehouse.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** The fields of an event in the order of the line, the same for every form of line. */
final class LogFields {

  private LogFields() {}

  static Map<String, Object> of(ILoggingEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Instant time = event.getInstant();
    fields.put("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
    fields.put("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    fields.put("msg", event.getFormattedMessage());
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> fields.put(pair.key, pair.value == null ? "" : pair.value));
    }
    if (event.getThrowableProxy() != null) {
      fields.put("trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return fields;
  }
}
