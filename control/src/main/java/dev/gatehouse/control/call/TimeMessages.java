package dev.gatehouse.control.call;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Moments and spans as messages. */
public final class TimeMessages {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private TimeMessages() {}

  /** A moment. */
  public static Timestamp of(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** A span. */
  public static Duration of(java.time.Duration span) {
    return Duration.newBuilder().setSeconds(span.getSeconds()).setNanos(span.getNano()).build();
  }

  /** A span of so many nanoseconds. */
  public static Duration ofNanos(long nanos) {
    return Duration.newBuilder()
        .setSeconds(nanos / NANOS_PER_SECOND)
        .setNanos((int) (nanos % NANOS_PER_SECOND))
        .build();
  }
}
