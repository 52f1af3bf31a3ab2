package dev.gatehouse.control;

import java.util.concurrent.CountDownLatch;

/** Waits within a call, which may be cut short. */
final class Waiting {

  private Waiting() {}

  static void forLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
