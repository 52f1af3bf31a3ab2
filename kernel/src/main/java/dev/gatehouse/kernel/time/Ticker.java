package dev.gatehouse.kernel.time;

import java.time.Instant;

/** The one source of time; logic receives it, or the value that it gave, as an argument. */
public interface Ticker {

  /** Monotonic time in nanoseconds, with no meaning but its differences. */
  long nanos();

  /** Wall time, for what people read. */
  Instant now();

  /** The machine's clocks. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }
}
