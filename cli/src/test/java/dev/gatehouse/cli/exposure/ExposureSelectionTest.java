package dev.gatehouse.cli.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.v1.Change;
import dev.gatehouse.v1.Drift;
import dev.gatehouse.v1.DriftKind;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.Listener;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExposureSelectionTest {

  private static final Drift MISSING =
      Drift.newBuilder().setKind(DriftKind.DRIFT_KIND_MISSING).build();

  @Test
  void everythingIsTheExposureItself() {
    assertThat(
            selection(Scope.SCOPE_UNSPECIFIED, Protocol.PROTOCOL_UNSPECIFIED, false)
                .of(Edge.exposure()))
        .isEqualTo(Edge.exposure());
  }

  @Test
  void aScopeTakesWiderOnesAlongAndTheOwnersAreCountedAnew() {
    Exposure part =
        selection(Scope.SCOPE_PRIVATE, Protocol.PROTOCOL_UNSPECIFIED, false).of(Edge.exposure());
    assertThat(ports(part)).containsExactly(5432, 51820, 6379, 443, 22);
    assertThat(part.getOwners().getFd()).isEqualTo(3);
    assertThat(part.getOwners().getHidden()).isZero();
  }

  @Test
  void aProtocolTakesItsOwnDriftAndWhatIsMissing() {
    Exposure whole = Edge.exposure().toBuilder().addDrift(MISSING).build();
    Exposure udp = selection(Scope.SCOPE_UNSPECIFIED, Protocol.PROTOCOL_UDP, false).of(whole);
    assertThat(ports(udp)).containsExactly(51820);
    assertThat(udp.getDriftList()).containsExactly(MISSING);
  }

  @Test
  void driftIsOnlyWhatDiffers() {
    Exposure drift =
        selection(Scope.SCOPE_UNSPECIFIED, Protocol.PROTOCOL_UNSPECIFIED, true).of(Edge.exposure());
    assertThat(ports(drift)).containsExactly(6379);
    assertThat(drift.getDriftList()).containsExactly(Edge.REDIS_DRIFT);
  }

  @Test
  void eventsAreSelectedLikeListeners() {
    ExposureSelection drift = selection(Scope.SCOPE_PUBLIC, Protocol.PROTOCOL_TCP, true);
    assertThat(drift.admits(event(Change.CHANGE_OPENED).setListener(Edge.SSH).build())).isFalse();
    assertThat(drift.admits(event(Change.CHANGE_DRIFT).setDrift(Edge.REDIS_DRIFT).build()))
        .isTrue();
    assertThat(drift.admits(event(Change.CHANGE_DRIFT).setDrift(MISSING).build())).isTrue();
    ExposureSelection tcp = selection(Scope.SCOPE_PUBLIC, Protocol.PROTOCOL_TCP, false);
    assertThat(tcp.admits(event(Change.CHANGE_CLOSED).setListener(Edge.SSH).build())).isTrue();
    assertThat(tcp.admits(event(Change.CHANGE_CLOSED).setListener(Edge.POSTGRES).build()))
        .isFalse();
    assertThat(tcp.admits(event(Change.CHANGE_OPENED).setListener(Edge.WIREGUARD).build()))
        .isFalse();
    ExposureEvent snapshot = event(Change.CHANGE_SNAPSHOT).setSnapshot(Edge.exposure()).build();
    assertThat(tcp.admits(snapshot)).isTrue();
    assertThat(ports(tcp.of(snapshot).getSnapshot())).containsExactly(6379, 443, 22);
  }

  private static ExposureSelection selection(Scope scope, Protocol proto, boolean driftOnly) {
    return new ExposureSelection(scope, proto, driftOnly);
  }

  private static ExposureEvent.Builder event(Change change) {
    return ExposureEvent.newBuilder().setChange(change);
  }

  private static List<Integer> ports(Exposure exposure) {
    return exposure.getListenersList().stream().map(Listener::getPort).toList();
  }
}
