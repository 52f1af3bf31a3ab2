package dev.gatehouse.watch.scan;

import dev.gatehouse.watch.WatchView.ScanListener;
import dev.gatehouse.watch.WatchView.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who want to hear of changes. */
final class Subscribers {

  /** An identity of its own, so that one listener may subscribe twice. */
  private static final class Entry {

    private final ScanListener listener;

    Entry(ScanListener listener) {
      this.listener = listener;
    }
  }

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  Subscription add(ScanListener listener) {
    Entry entry = new Entry(listener);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  void tell(Scanned scanned) {
    if (!scanned.events().isEmpty()) {
      entries.forEach(entry -> entry.listener.scanned(scanned.snapshot(), scanned.events()));
    }
  }
}
