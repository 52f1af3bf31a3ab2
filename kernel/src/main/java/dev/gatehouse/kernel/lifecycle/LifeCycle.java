package dev.gatehouse.kernel.lifecycle;

import dev.gatehouse.kernel.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Several parts as one: started in order, closed in reverse.
 *
 * <p>A part that fails to start takes those before it down with it. Each part is closed on a thread
 * of its own, so that a stuck one costs its time and not the process: once the time is over, the
 * remaining parts are still told to close, but nobody waits for them. {@code close} may come from
 * another thread while {@code start} runs, which then ends after its present part.
 */
public final class LifeCycle implements Part {

  private final String name;
  private final List<Part> parts;
  private final Supplier<Duration> closeTimeout;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();

  /** The latest first; guarded by the lock. */
  private final Deque<Part> started = new ArrayDeque<>();

  private volatile boolean closed;

  /** The parts in the order in which they start; {@code closeTimeout} is for all of them. */
  public LifeCycle(String name, List<Part> parts, Duration closeTimeout, Ticker ticker) {
    this(name, parts, () -> closeTimeout, ticker);
  }

  /** As the other, with a time that is asked for when it is needed. */
  public LifeCycle(String name, List<Part> parts, Supplier<Duration> closeTimeout, Ticker ticker) {
    this.name = name;
    this.parts = List.copyOf(parts);
    this.closeTimeout = closeTimeout;
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Starts every part.
   *
   * @throws LifeCycleException with the failure of the part as its cause; nothing runs any more
   */
  @Override
  public void start() throws LifeCycleException {
    lock.lock();
    try {
      for (Part part : parts) {
        start(part);
      }
    } finally {
      lock.unlock();
    }
  }

  private void start(Part part) throws LifeCycleException {
    if (closed) {
      throw new LifeCycleException(name + ": closed while starting").with(closeStarted());
    }
    try {
      part.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LifeCycleException(part.name() + ": interrupted", e).with(closeStarted());
    } catch (Exception | Error e) {
      throw new LifeCycleException(part.name() + ": did not start", e).with(closeStarted());
    }
    started.push(part);
  }

  /**
   * Closes what was started, within the time given.
   *
   * @throws LifeCycleException with one suppressed failure for each part that did not close
   */
  @Override
  public void close() throws LifeCycleException, InterruptedException {
    closed = true;
    Duration patience = closeTimeout.get();
    if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new LifeCycleException(name + ": still starting after " + patience);
    }
    try {
      List<Throwable> failures = closeStarted();
      if (!failures.isEmpty()) {
        throw new LifeCycleException(name + ": not closed cleanly").with(failures);
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Throwable> closeStarted() {
    long deadline = ticker.nanos() + closeTimeout.get().toNanos();
    List<Throwable> failures = new ArrayList<>();
    while (!started.isEmpty()) {
      close(started.pop(), deadline - ticker.nanos()).ifPresent(failures::add);
    }
    return failures;
  }

  private Optional<Throwable> close(Part part, long nanosLeft) {
    FutureTask<String> closing =
        new FutureTask<>(
            () -> {
              part.close();
              return part.name();
            });
    Thread.ofPlatform().daemon().name("close-" + part.name()).start(closing);
    try {
      closing.get(nanosLeft, TimeUnit.NANOSECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(new LifeCycleException(part.name() + ": close failed", e.getCause()));
    } catch (TimeoutException e) {
      return Optional.of(
          new LifeCycleException(part.name() + ": not closed within " + closeTimeout.get(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new LifeCycleException(part.name() + ": interrupted in close", e));
    }
  }
}
