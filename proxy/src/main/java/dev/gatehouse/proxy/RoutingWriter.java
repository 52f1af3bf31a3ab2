package dev.gatehouse.proxy;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.ruleset.Difference;
import dev.gatehouse.proxy.ruleset.Edit;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.proxy.ruleset.Editing;
import dev.gatehouse.proxy.ruleset.Publication;
import dev.gatehouse.proxy.ruleset.Publication.Prepared;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.ruleset.RulesetChange;
import dev.gatehouse.proxy.ruleset.RulesetEditor;
import dev.gatehouse.proxy.store.Store;
import dev.gatehouse.proxy.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to change the ruleset: an edit is checked, readied, written to the database and put
 * in force, one after the other on a thread of its own.
 *
 * <p>Who is told that an edit was made can rely on it: it is on the disk. Who is told that it was
 * not can rely on that as well.
 */
public final class RoutingWriter implements RulesetEditor, Part {

  private static final Logger log = LoggerFactory.getLogger(RoutingWriter.class);

  /** As long as the database waits for others, and some more. */
  private static final long CLOSE_SECONDS = 6;

  private static final String OK = "ok";
  private static final String REFUSED = "refused";
  private static final String ERROR = "error";

  private final Store store;
  private final Supplier<Editing> editing;
  private final Publication publication;
  private final Ticker ticker;
  private final EventCounters counters;
  private final Histogram durations;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("store").factory());
  private volatile Ruleset ruleset;

  /** What runs between two edits. */
  @FunctionalInterface
  private interface Step<T> {
    T run() throws EditRefusedException;
  }

  /** Work of somebody else that no edit may come between. */
  @FunctionalInterface
  public interface Work {
    void run();
  }

  /**
   * @param ruleset what the store holds and what is in force
   * @param editing by the rules of the moment
   */
  public RoutingWriter(
      Store store,
      Ruleset ruleset,
      Supplier<Editing> editing,
      Publication publication,
      Ticker ticker,
      EventCounters counters) {
    this.store = store;
    this.ruleset = ruleset;
    this.editing = editing;
    this.publication = publication;
    this.ticker = ticker;
    this.counters = counters;
    this.durations = counters.histogram(Metric.STORE_WRITE_DURATION_SECONDS);
    for (String operation : Edit.OPERATIONS) {
      for (String result : List.of(OK, REFUSED, ERROR)) {
        counters.counter(Metric.STORE_WRITES, operation, result);
      }
    }
  }

  @Override
  public String name() {
    return "store";
  }

  /** There is nothing to start: the store is open, and what it holds is in force. */
  @Override
  public void start() {}

  @Override
  public Ruleset ruleset() {
    return ruleset;
  }

  @Override
  public Edited edit(Edit edit) throws EditRefusedException {
    return await(() -> counted(edit));
  }

  @Override
  public Edited rehearse(Edit edit) throws EditRefusedException {
    Ruleset before = ruleset;
    Ruleset after = editing.get().edit(before, edit);
    return new Edited(before, after, Difference.between(before, after));
  }

  @Override
  public Map<RouteKey, Long> routeIds() throws EditRefusedException {
    return await(
        () -> {
          try {
            return store.routeIds();
          } catch (StoreException e) {
            throw notWritten(e);
          }
        });
  }

  /**
   * Copies the database as it is between two edits.
   *
   * @return the size of the copy in bytes
   */
  public long snapshot(Path file) throws EditRefusedException {
    return await(
        () -> {
          try {
            return store.snapshot(file);
          } catch (StoreException e) {
            throw notWritten(e);
          }
        });
  }

  /** Runs it where edits are made in force, so that no two threads publish. */
  public void between(Work work) throws EditRefusedException {
    boolean _ =
        await(
            () -> {
              work.run();
              return true;
            });
  }

  /** Edits that wait are made; then the store is closed. */
  @Override
  public void close() throws InterruptedException, StoreException {
    thread.shutdown();
    if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
      log.atWarn().setMessage("store_busy_at_close").log();
    }
    store.close();
  }

  private Edited counted(Edit edit) throws EditRefusedException {
    long begun = ticker.nanos();
    try {
      Edited edited = make(edit);
      count(edit, OK);
      return edited;
    } catch (EditRefusedException e) {
      count(edit, e.reason() == Reason.NOT_WRITTEN ? ERROR : REFUSED);
      throw e;
    } finally {
      durations.record((double) (ticker.nanos() - begun) / TimeUnit.SECONDS.toNanos(1));
    }
  }

  private void count(Edit edit, String result) {
    counters.counter(Metric.STORE_WRITES, edit.operation(), result).increment();
  }

  private Edited make(Edit edit) throws EditRefusedException {
    Ruleset before = ruleset;
    Ruleset after = editing.get().edit(before, edit);
    List<RulesetChange> changes = Difference.between(before, after);
    if (!changes.isEmpty()) {
      Prepared prepared = publication.prepare(after);
      write(changes, prepared);
      ruleset = after;
      publish(prepared);
    }
    return new Edited(before, after, changes);
  }

  private void write(List<RulesetChange> changes, Prepared prepared) throws EditRefusedException {
    try {
      store.write(changes);
    } catch (StoreException e) {
      prepared.abandon();
      throw notWritten(e);
    } catch (RuntimeException e) {
      prepared.abandon();
      throw e;
    }
  }

  /** It is in the database, which wins: what failed is tried once more from there. */
  private void publish(Prepared prepared) throws EditRefusedException {
    try {
      prepared.publish();
    } catch (RuntimeException failure) {
      log.atError().setMessage("publish_failed").setCause(failure).log();
      try {
        ruleset = store.read();
      } catch (StoreException e) {
        e.addSuppressed(failure);
        throw notWritten(e);
      }
      publication.prepare(ruleset).publish();
    }
  }

  private <T> T await(Step<T> step) throws EditRefusedException {
    Future<T> result = submitted(step);
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw refusal(e);
    } catch (InterruptedException e) {
      // what has not begun never will; what has begun stands
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw new EditRefusedException(Reason.BUSY, "", "interrupted while waiting", e);
    }
  }

  private <T> Future<T> submitted(Step<T> step) throws EditRefusedException {
    try {
      return thread.submit(step::run);
    } catch (RejectedExecutionException e) {
      throw new EditRefusedException(Reason.BUSY, "", "the daemon is stopping", e);
    }
  }

  private static EditRefusedException refusal(ExecutionException failure) {
    return switch (failure.getCause()) {
      case EditRefusedException refused -> refused;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(failure);
    };
  }

  private static EditRefusedException notWritten(StoreException failure) {
    Reason reason =
        switch (failure.kind()) {
          case BUSY -> Reason.BUSY;
          case EXISTS -> Reason.ALREADY_EXISTS;
          case READ_ONLY, CORRUPT, NEWER, OWNER, MODE, NOT_A_FILE, FULL, MISSING, FAILED ->
              Reason.NOT_WRITTEN;
        };
    return new EditRefusedException(reason, "", String.valueOf(failure.getMessage()), failure);
  }
}
