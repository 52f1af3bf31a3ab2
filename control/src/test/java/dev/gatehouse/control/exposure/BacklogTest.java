package dev.gatehouse.control.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.exposure.Listener;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final Listener SSH = Samples.listener("0.0.0.0", 22);
  private static final ExposureSnapshot FIRST = Samples.snapshot(100, SSH);

  private final Backlog backlog = new Backlog(ExposureFilter.everything());

  @Test
  void givesTheFirstSnapshotAndThenEachChange() throws Exception {
    backlog.begin(FIRST);
    backlog.scanned(Samples.snapshot(200, SSH), events(2));
    assertThat(take()).isEqualTo(new Backlog.Item.Whole(FIRST));
    assertThat(take()).isEqualTo(new Backlog.Item.Change(events(2).get(0)));
    assertThat(take()).isEqualTo(new Backlog.Item.Change(events(2).get(1)));
  }

  @Test
  void aScanThatTheFirstSnapshotContainsIsNotToldAgain() throws Exception {
    backlog.begin(FIRST);
    backlog.scanned(FIRST, events(1));
    backlog.scanned(Samples.snapshot(200), events(2));
    assertThat(take()).isInstanceOf(Backlog.Item.Whole.class);
    assertThat(take()).isEqualTo(new Backlog.Item.Change(events(2).get(0)));
  }

  @Test
  void aScanBeforeTheFirstSnapshotIsTheFirstSnapshot() throws Exception {
    ExposureSnapshot newer = Samples.snapshot(200);
    backlog.scanned(newer, events(1));
    backlog.begin(FIRST);
    assertThat(take()).isEqualTo(new Backlog.Item.Whole(newer));
  }

  @Test
  void givesNothingMoreOnceItIsClosed() throws Exception {
    backlog.begin(FIRST);
    backlog.close();
    assertThat(backlog.take(() -> true)).isEmpty();
  }

  @Test
  void keeps1024EventsAndTurnsOneMoreIntoASnapshot() throws Exception {
    backlog.begin(FIRST);
    assertThat(take()).isInstanceOf(Backlog.Item.Whole.class);
    backlog.scanned(Samples.snapshot(200), events(1024));
    assertThat(take()).isEqualTo(new Backlog.Item.Change(events(1).get(0)));
    backlog.scanned(Samples.snapshot(300), events(1));
    ExposureSnapshot newest = Samples.snapshot(400, SSH);
    backlog.scanned(newest, events(1));
    assertThat(take()).isEqualTo(new Backlog.Item.Whole(newest));
    backlog.scanned(Samples.snapshot(500), events(1));
    assertThat(take()).isEqualTo(new Backlog.Item.Change(events(1).get(0)));
  }

  @Test
  void oneScanOfMoreEventsThanItKeepsIsASnapshotToo() throws Exception {
    backlog.begin(FIRST);
    assertThat(take()).isInstanceOf(Backlog.Item.Whole.class);
    ExposureSnapshot flood = Samples.snapshot(200);
    backlog.scanned(flood, events(1025));
    assertThat(take()).isEqualTo(new Backlog.Item.Whole(flood));
  }

  @Test
  void eventsThatTheReaderDidNotAskForDoNotCount() throws Exception {
    Backlog publicOnly = new Backlog(new ExposureFilter(AddressScope.PUBLIC, false, false, 10_000));
    publicOnly.begin(FIRST);
    assertThat(publicOnly.take(() -> true)).isPresent();
    Listener local = Samples.listener("127.0.0.1", 25);
    publicOnly.scanned(
        Samples.snapshot(200),
        IntStream.range(0, 2000)
            .<ExposureEvent>mapToObj(_ -> new ExposureEvent.Opened(Samples.NOON, local))
            .toList());
    publicOnly.scanned(Samples.snapshot(300), events(1));
    assertThat(publicOnly.take(() -> true)).contains(new Backlog.Item.Change(events(1).get(0)));
  }

  private Backlog.Item take() throws InterruptedException {
    return backlog.take(() -> true).orElseThrow();
  }

  private static List<ExposureEvent> events(int count) {
    return IntStream.range(0, count)
        .<ExposureEvent>mapToObj(
            port -> new ExposureEvent.Opened(Samples.NOON, Samples.listener("0.0.0.0", port)))
        .toList();
  }
}
