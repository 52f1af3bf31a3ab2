package dev.gatehouse.app;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootRefusedException;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.start.Signals;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.kernel.lifecycle.LifeCycleException;
import dev.gatehouse.net.listen.ListenException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the process around a {@link Gatehouse}: start, wait, drain, exit code. */
final class Daemon {

  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /** How much later than promised the process is gone, whatever holds it. */
  private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(2);

  private static final int SHOWN_FRAMES = 8;

  private final Gatehouse gatehouse;
  private final Signals signals;
  private final CountDownLatch stopped = new CountDownLatch(1);

  Daemon(Gatehouse gatehouse, Signals signals) {
    this.gatehouse = gatehouse;
    this.signals = signals;
  }

  /** Starts, serves until a signal, an operator or a failure ends it, and drains. */
  int run() {
    CompletableFuture<Integer> ended = gatehouse.ended();
    signals.on(Signals.Signal.TERM, () -> stop(ended));
    signals.on(Signals.Signal.INT, () -> stop(ended));
    try {
      gatehouse.start();
    } catch (LifeCycleException e) {
      return notStarted(e);
    }
    signals.on(Signals.Signal.HUP, gatehouse::reload);
    int code = ended.join();
    Thread.ofPlatform().daemon().name("longest-stop").start(this::endTheStuck);
    boolean clean = drain();
    stopped.countDown();
    return clean ? code : Cli.FAILED;
  }

  /** Who asks a second time wants no more patience with anybody. */
  private void stop(CompletableFuture<Integer> ended) {
    if (ended.complete(Cli.OK)) {
      LOG.atInfo().setMessage("shutdown signal received; draining").log();
    } else {
      LOG.atWarn().setMessage("second signal received; closing all connections").log();
      gatehouse.hurry();
    }
  }

  private static int notStarted(LifeCycleException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return switch (cause) {
      case BootRefusedException refused -> {
        StartLog.refusal(refused.refusal());
        yield refused.refusal().check().exitCode();
      }
      case ListenException taken -> {
        StartLog.refusal(
            new Finding.Refusal(
                BootCheck.BIND,
                String.valueOf(taken.getMessage()),
                "stop what has the port, or choose another",
                Map.of()));
        yield BootCheck.BIND.exitCode();
      }
      default -> {
        LOG.atError()
            .setMessage("start_failed")
            .addKeyValue("err", failure.getMessage())
            .setCause(cause)
            .log();
        yield Cli.FAILED;
      }
    };
  }

  /** Nothing that this process does may keep it from ending; what did is in the log. */
  private void endTheStuck() {
    try {
      Duration longest = gatehouse.longestDrain().plus(BEYOND_TIMEOUT);
      if (!stopped.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        Thread.getAllStackTraces().forEach(Daemon::tell);
        Runtime.getRuntime().halt(Cli.FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tell(Thread thread, StackTraceElement... stack) {
    LOG.atError()
        .setMessage("stop_stuck")
        .addKeyValue("thread", thread.getName())
        .addKeyValue("stack", Arrays.stream(stack).limit(SHOWN_FRAMES).toList())
        .log();
  }

  private boolean drain() {
    try {
      gatehouse.close();
      LOG.atInfo().setMessage("stopped").log();
      return true;
    } catch (LifeCycleException e) {
      LOG.atWarn()
          .setMessage("drain incomplete")
          .addKeyValue("err", e.getMessage())
          .setCause(e)
          .log();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
