package dev.gatehouse.relay.session;

import java.util.concurrent.atomic.LongAdder;

/** What has gone through one connection since it came; counted on its loop, read by anybody. */
final class Traffic {

  private final long sinceNanos;
  private final LongAdder framesIn = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder framesOut = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private volatile long seenNanos;

  Traffic(long nowNanos) {
    sinceNanos = nowNanos;
    seenNanos = nowNanos;
  }

  /** A whole frame of any kind has come. */
  void seen(long nowNanos) {
    seenNanos = nowNanos;
  }

  void received(int bytes) {
    framesIn.increment();
    bytesIn.add(bytes);
  }

  void sent(int bytes) {
    framesOut.increment();
    bytesOut.add(bytes);
  }

  long sinceNanos() {
    return sinceNanos;
  }

  long seenNanos() {
    return seenNanos;
  }

  long framesIn() {
    return framesIn.sum();
  }

  long bytesIn() {
    return bytesIn.sum();
  }

  long framesOut() {
    return framesOut.sum();
  }

  long bytesOut() {
    return bytesOut.sum();
  }
}
