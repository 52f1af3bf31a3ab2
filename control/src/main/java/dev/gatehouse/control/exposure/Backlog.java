package dev.gatehouse.control.exposure;

import dev.gatehouse.watch.WatchView.ScanListener;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one reader has not read yet, bounded: a reader too far behind gets the newest snapshot in
 * place of the events that led to it.
 *
 * <p>The scan's thread puts in and returns at once; one other thread takes out. Scans that the
 * reader's first snapshot already contains are left out.
 */
final class Backlog implements ScanListener {

  /** How many events a reader may be behind. */
  static final int MAX_EVENTS = 1024;

  /** One thing to tell the reader. */
  sealed interface Item {

    /** Everything, anew. */
    record Whole(ExposureSnapshot snapshot) implements Item {}

    /** One change since the last item. */
    record Change(ExposureEvent event) implements Item {}
  }

  private final ExposureFilter filter;
  private final Deque<ExposureEvent> events = new ArrayDeque<>();
  private @Nullable ExposureSnapshot whole;
  private long knownUntilNanos;
  private boolean begun;
  private boolean closed;

  Backlog(ExposureFilter filter) {
    this.filter = filter;
  }

  /** The reader's first snapshot. */
  synchronized void begin(ExposureSnapshot first) {
    if (!begun || first.takenNanos() - knownUntilNanos > 0) {
      replaceBy(first);
    }
    notifyAll();
  }

  @Override
  public synchronized void scanned(ExposureSnapshot snapshot, List<ExposureEvent> changes) {
    if (!begun) {
      replaceBy(snapshot);
      notifyAll();
      return;
    }
    if (snapshot.takenNanos() - knownUntilNanos <= 0) {
      return;
    }
    List<ExposureEvent> admitted = changes.stream().filter(filter::admits).toList();
    if (events.size() + admitted.size() > MAX_EVENTS) {
      replaceBy(snapshot);
    } else {
      events.addAll(admitted);
      knownUntilNanos = snapshot.takenNanos();
    }
    notifyAll();
  }

  /**
   * Waits until there is something to tell and the reader can take it; empty once this is closed.
   *
   * @param ready whether the reader can take something; {@link #wake} says that it changed
   */
  synchronized Optional<Item> take(BooleanSupplier ready) throws InterruptedException {
    while (!closed) {
      if (hasItem() && ready.getAsBoolean()) {
        return poll();
      }
      wait();
    }
    return Optional.empty();
  }

  synchronized void wake() {
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private boolean hasItem() {
    return whole != null || !events.isEmpty();
  }

  private Optional<Item> poll() {
    ExposureSnapshot snapshot = whole;
    if (snapshot != null) {
      whole = null;
      return Optional.of(new Item.Whole(snapshot));
    }
    return Optional.ofNullable(events.poll()).map(Item.Change::new);
  }

  private void replaceBy(ExposureSnapshot snapshot) {
    begun = true;
    events.clear();
    whole = snapshot;
    knownUntilNanos = snapshot.takenNanos();
  }
}
