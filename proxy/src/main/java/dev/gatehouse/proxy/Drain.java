package dev.gatehouse.proxy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One listener that lets its connections finish, on a thread of its own. */
final class Drain {

  private final AtomicInteger forced = new AtomicInteger();
  private final Thread thread;

  private Drain(Door door, Duration time) {
    thread = Thread.ofVirtual().name("drain").start(() -> forced.set(door.listener().drain(time)));
  }

  static Drain begin(Door door, Duration time) {
    return new Drain(door, time);
  }

  /** How many connections had to be reset. */
  int await() throws InterruptedException {
    thread.join();
    return forced.get();
  }
}
