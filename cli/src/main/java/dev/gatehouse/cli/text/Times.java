package dev.gatehouse.cli.text;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Moments and spans as words. */
public final class Times {

  private static final DateTimeFormatter FOR_PEOPLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Times() {}

  /** A moment in the messages of the control API, for programs. */
  public static String forPrograms(Timestamp moment) {
    return forPrograms(instant(moment));
  }

  /** {@code 2026-05-13T10:04:05.123Z}. */
  public static String forPrograms(Instant moment) {
    return moment.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** A moment in the messages of the control API, for people. */
  public static String forPeople(Timestamp moment, ZoneId zone) {
    return forPeople(instant(moment), zone);
  }

  /** {@code 2026-05-13 10:04:05}, in the zone of the reader. */
  public static String forPeople(Instant moment, ZoneId zone) {
    return FOR_PEOPLE.format(moment.atZone(zone));
  }

  /** A span in the messages of the control API, in words. */
  public static String words(Duration span) {
    return words(java.time.Duration.ofSeconds(span.getSeconds()));
  }

  /** The two largest units: {@code 3d 4h}, {@code 5m 0s}, {@code 7s}. */
  public static String words(java.time.Duration time) {
    if (time.toDays() > 0) {
      return "%dd %dh".formatted(time.toDays(), time.toHoursPart());
    }
    if (time.toHours() > 0) {
      return "%dh %dm".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%dm %ds".formatted(time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + "s";
  }

  private static Instant instant(Timestamp moment) {
    return Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos());
  }
}
