package dev.gatehouse.client.message;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Times of the API as times of the JDK. */
public final class Moments {

  private Moments() {}

  public static Instant instant(Timestamp moment) {
    return Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos());
  }

  /** A moment that may be absent. */
  public static Optional<Instant> instant(boolean present, Timestamp moment) {
    return present ? Optional.of(instant(moment)) : Optional.empty();
  }

  public static java.time.Duration duration(Duration span) {
    return java.time.Duration.ofSeconds(span.getSeconds(), span.getNanos());
  }

  /** A span that may be absent. */
  public static Optional<java.time.Duration> duration(boolean present, Duration span) {
    return present ? Optional.of(duration(span)) : Optional.empty();
  }

  public static Duration message(java.time.Duration span) {
    return Duration.newBuilder().setSeconds(span.getSeconds()).setNanos(span.getNano()).build();
  }
}
