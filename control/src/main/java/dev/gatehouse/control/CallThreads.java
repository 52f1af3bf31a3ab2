package dev.gatehouse.control;

import io.netty.channel.EventLoopGroup;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a running control server.
 *
 * @param loop moves bytes
 * @param calls has a virtual thread for each call
 * @param clock ends what takes too long
 */
record CallThreads(EventLoopGroup loop, ExecutorService calls, ScheduledExecutorService clock) {

  private static final long LAST_WORDS_SECONDS = 1;
  private static final long FORCED_STOP_SECONDS = 5;

  static CallThreads of(UnixListener listener) {
    return new CallThreads(
        listener.newLoop(),
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("control-call-", 0).factory()),
        newClock());
  }

  /** Nearly all deadlines are taken back long before their time. */
  private static ScheduledExecutorService newClock() {
    var clock =
        new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("control-clock").factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** What still runs is interrupted, and has a moment to end while its connection is there. */
  void stop() {
    calls.shutdownNow();
    try {
      boolean _ = calls.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    clock.shutdownNow();
    loop.shutdownGracefully(0, FORCED_STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
