package dev.gatehouse.control.exposure;

import dev.gatehouse.watch.WatchView;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A watch whose scans are made by the test. */
final class FakeWatch implements WatchView {

  private final List<ScanListener> listeners = new CopyOnWriteArrayList<>();
  private volatile ExposureSnapshot current;
  private volatile @Nullable ConnectionCounts connections;
  private volatile int freshScans;

  FakeWatch(ExposureSnapshot first) {
    current = first;
  }

  void scan(ExposureSnapshot snapshot, ExposureEvent... events) {
    current = snapshot;
    listeners.forEach(listener -> listener.scanned(snapshot, List.of(events)));
  }

  void passOverConnections(ConnectionCounts counts) {
    connections = counts;
  }

  int freshScans() {
    return freshScans;
  }

  int subscribers() {
    return listeners.size();
  }

  @Override
  public synchronized ExposureSnapshot exposure(boolean fresh) {
    if (fresh) {
      freshScans++;
    }
    return current;
  }

  @Override
  public Optional<ConnectionCounts> connections() {
    return Optional.ofNullable(connections);
  }

  @Override
  public Subscription subscribe(ScanListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
