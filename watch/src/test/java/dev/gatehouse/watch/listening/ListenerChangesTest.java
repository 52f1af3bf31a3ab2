package dev.gatehouse.watch.listening;

import static dev.gatehouse.watch.Owners.owner;
import static dev.gatehouse.watch.SocketRows.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.watch.Owners;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.ExposureEvent.Closed;
import dev.gatehouse.watch.exposure.ExposureEvent.Opened;
import dev.gatehouse.watch.exposure.ExposureEvent.OwnerChanged;
import dev.gatehouse.watch.exposure.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListenerChangesTest {

  private static final Instant AT = Instant.EPOCH;
  private static final Unread NO_TCP4 = new Unread(Set.of(SocketQuery.TCP4_LISTENERS), Set.of());
  private static final Unread NO_TCP6 = new Unread(Set.of(SocketQuery.TCP6_LISTENERS), Set.of());

  private final ListenerChanges changes = new ListenerChanges();

  private static TableRow row(SocketRows socket, Owner owner, String netns) {
    List<FoundSocket> found =
        new ListenerFilter(netns, index -> "")
            .filter(List.of(socket.row()), PortRange.KERNEL_DEFAULT, 0, 0);
    return ListenerTable.rows(found, List.of(owner), uid -> "").getFirst();
  }

  private static TableRow row(int port, Owner owner) {
    return row(tcp("0.0.0.0", port), owner, Binding.OWN_NETNS);
  }

  private List<ExposureEvent> scan(TableRow... rows) {
    return scan(Unread.NOTHING, rows);
  }

  private List<ExposureEvent> scan(Unread unread, TableRow... rows) {
    return changes.update(List.of(rows), unread, false, AT);
  }

  @Test
  void theFirstScanChangesNothing() {
    assertThat(scan(row(80, owner("nginx", 1)))).isEmpty();
  }

  @Test
  void openingAndClosingAreTold() {
    TableRow row = row(80, owner("nginx", 1));
    assertThat(scan()).isEmpty();
    assertThat(scan(row)).containsExactly(new Opened(AT, row.listener()));
    assertThat(scan(row)).isEmpty();
    assertThat(scan()).containsExactly(new Closed(AT, row.listener()));
  }

  @Test
  void anotherNameIsAnotherOwner() {
    TableRow nginx = row(80, owner("nginx", 1));
    TableRow evil = row(80, owner("evil", 2));
    assertThat(scan(nginx)).isEmpty();
    assertThat(scan(evil)).containsExactly(new OwnerChanged(AT, evil.listener(), nginx.listener()));
  }

  @Test
  void aMomentWithoutANameIsNoChangeAndHidesNone() {
    TableRow nginx = row(80, owner("nginx", 1));
    TableRow evil = row(80, owner("evil", 2));
    assertThat(scan(nginx)).isEmpty();
    assertThat(scan(row(80, Owners.nobody()))).isEmpty();
    assertThat(scan(evil)).containsExactly(new OwnerChanged(AT, evil.listener(), nginx.listener()));
  }

  @Test
  void anotherProcessOfThatNameIsNoChange() {
    assertThat(scan(row(80, owner("nginx", 1)))).isEmpty();
    assertThat(scan(row(80, owner("nginx", 2)))).isEmpty();
  }

  @Test
  void whatWasNotReadIsNotGone() {
    TableRow row = row(80, owner("nginx", 1));
    assertThat(scan(row)).isEmpty();
    assertThat(scan(NO_TCP4)).isEmpty();
    assertThat(scan(row)).isEmpty();
    assertThat(scan(NO_TCP4)).isEmpty();
    assertThat(scan()).containsExactly(new Closed(AT, row.listener()));
  }

  @Test
  void anotherFamilysFailureProtectsNothing() {
    TableRow row = row(80, owner("nginx", 1));
    assertThat(scan(row)).isEmpty();
    assertThat(scan(NO_TCP6)).containsExactly(new Closed(AT, row.listener()));
  }

  @Test
  void aMappedSocketBelongsToTheQueryThatYieldsIt() {
    TableRow mapped = row(tcp("::ffff:127.0.0.1", 80), owner("nginx", 1), Binding.OWN_NETNS);
    assertThat(scan(mapped)).isEmpty();
    assertThat(scan(NO_TCP6)).isEmpty();
    assertThat(scan(NO_TCP4)).containsExactly(new Closed(AT, mapped.listener()));
  }

  @Test
  void aQueryThatAnswersForTheFirstTimeOpensNothing() {
    assertThat(scan(NO_TCP4)).isEmpty();
    assertThat(scan(row(80, owner("nginx", 1)))).isEmpty();
    assertThat(scan(row(80, owner("nginx", 1)), row(81, owner("nginx", 1)))).hasSize(1);
  }

  @Test
  void theFirstLookAtOtherNamespacesOpensNothing() {
    TableRow inside = row(tcp("0.0.0.0", 80), owner("web", 9), "web");
    TableRow second = row(tcp("0.0.0.0", 81), owner("web", 9), "web");
    assertThat(scan()).isEmpty();
    assertThat(changes.update(List.of(inside), Unread.NOTHING, true, AT)).isEmpty();
    assertThat(changes.update(List.of(inside, second), Unread.NOTHING, true, AT))
        .containsExactly(new Opened(AT, second.listener()));
  }

  @Test
  void aNamespaceThatCouldNotBeReadLosesNothing() {
    TableRow inside = row(tcp("0.0.0.0", 80), owner("web", 9), "web");
    assertThat(changes.update(List.of(inside), Unread.NOTHING, true, AT)).isEmpty();
    Unread web = new Unread(Set.of(), Set.of("web"));
    assertThat(changes.update(List.of(), web, true, AT)).isEmpty();
    assertThat(changes.update(List.of(), Unread.NOTHING, true, AT)).hasSize(1);
  }

  @Test
  void addressesOfOnePortAreApart() {
    TableRow any = row(tcp("0.0.0.0", 80), owner("nginx", 1), Binding.OWN_NETNS);
    TableRow local = row(tcp("127.0.0.1", 80), owner("other", 2), Binding.OWN_NETNS);
    assertThat(scan(any)).isEmpty();
    assertThat(scan(any, local)).containsExactly(new Opened(AT, local.listener()));
  }
}
