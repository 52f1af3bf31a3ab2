package dev.gatehouse.kernel.time;

import java.time.Instant;

/** The only reader of the machine's clocks. */
enum SystemTicker implements Ticker {
  INSTANCE;

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}
