package dev.gatehouse.proxy.http.response;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The form of dates in fields (RFC 9110 section 5.6.7). */
final class HttpDate {

  /** The JDK's own form of RFC 1123 writes days below ten with one digit. */
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  static String of(Instant instant) {
    return FORM.format(instant);
  }
}
