package dev.gatehouse.proxy.upstream.pool;

import static dev.gatehouse.proxy.http.Messages.http2Request;
import static dev.gatehouse.proxy.http.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.config.PoolSettings;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.Backends;
import dev.gatehouse.proxy.upstream.http.RecordedEvents;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Its backends are never reached, so that what it waits for comes when the test says. */
@ExtendWith(LeakGuard.class)
class ConnectingTest {

  private static final Request GET = request("GET·/·HTTP/1.1$Host:·a.example$$");
  private static final Request GRPC =
      http2Request("POST", false, "content-type", "application/grpc");

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final PoolWorld world = new PoolWorld();
  private final Upstream http1 = world.upstream(BackendProtocol.H1);
  private final Upstream http2 = world.upstream(BackendProtocol.H2C);

  private RecordedEvents asked(Upstream upstream, Request request, boolean fresh) {
    RecordedEvents events = new RecordedEvents();
    connecting(upstream, request, fresh, events).begin();
    return events;
  }

  private Connecting connecting(
      Upstream upstream, Request request, boolean fresh, RecordedEvents events) {
    return new Connecting(
        world.shared, world.pool, PoolWorld.asking(upstream, request, world.client), fresh, events);
  }

  private FakeConnection there(Upstream upstream, Wire wire, Backend backend) {
    Shelf shelf = world.pool.shelf(new Shelf.Kind(upstream, wire, Optional.empty()), backend);
    FakeConnection connection = new FakeConnection(shelf, wire == Wire.HTTP_2);
    shelf.idle(connection);
    return connection;
  }

  @Test
  void aSpareConnectionServesAtOnce() {
    FakeConnection spare = there(http1, Wire.HTTP_1, world.one());
    assertThat(asked(http1, GET, false).told).containsExactly("opened");
    assertThat(spare.told).containsExactly("open");
    assertThat(world.reused()).isOne();
  }

  @Test
  void aFreshConnectionIsNoSpareOne() {
    FakeConnection spare = there(http1, Wire.HTTP_1, world.one());
    assertThat(asked(http1, GET, true).told).isEmpty();
    assertThat(spare.told).isEmpty();
  }

  @Test
  void aSharedConnectionToAnyBackendWillDo() {
    FakeConnection spare = there(http2, Wire.HTTP_2, world.two());
    assertThat(asked(http2, GET, false).told).containsExactly("opened");
    assertThat(asked(http2, GET, false).told).containsExactly("opened");
    assertThat(spare.told).containsExactly("open", "open");
  }

  @Test
  void grpcIsNotAskedOfABackendOfHttp1() {
    assertThat(asked(http1, GRPC, false).told).containsExactly("backend_protocol");
  }

  @Test
  void noBackendThatIsFullIsDialled() {
    world.shared.follow(new PoolSettings(PoolWorld.IDLE, 2, 1), PoolWorld.CONNECT);
    Backends.opened(world.one());
    assertThat(asked(http1, GET, false).told).as("the other one has room").isEmpty();
    Backends.opened(world.two());
    assertThat(asked(http1, GET, false).told).containsExactly("backend_full");
    there(http1, Wire.HTTP_1, world.two());
  }

  @Test
  void aBackendThatIsFullServesOnItsSpareConnections() {
    world.shared.follow(new PoolSettings(PoolWorld.IDLE, 2, 1), PoolWorld.CONNECT);
    Backends.opened(world.one());
    Backends.opened(world.two());
    there(http1, Wire.HTTP_1, world.one());
    there(http1, Wire.HTTP_1, world.two());
    assertThat(asked(http1, GET, false).told).containsExactly("opened");
  }

  @Test
  void aDialThatFailsIsTold() {
    logs.expect("dial_failed");
    RecordedEvents events = asked(http1, GET, false);
    http1.memory().learn(Wire.HTTP_2, world.ticker.nanos());
    world.pass(10);
    assertThat(events.told).as("both backends were asked").containsExactly("dial_dns");
    assertThat(http1.memory().known(world.ticker.nanos()))
        .as("another program may be there by now")
        .isEmpty();
  }

  @Test
  void whoDoesNotWaitAnyMoreIsToldNothing() {
    RecordedEvents events = new RecordedEvents();
    Connecting connecting = connecting(http1, GET, false, events);
    connecting.begin();
    connecting.cancel();
    connecting.cancel();
    world.pass(20);
    assertThat(events.told).isEmpty();
  }

  @Test
  void thoseWhoWaitForASharedConnectionFailWithIt() {
    logs.expect("dial_failed");
    RecordedEvents leader = asked(http2, GET, false);
    RecordedEvents follower = asked(http2, GET, false);
    world.pass(10);
    assertThat(leader.told).containsExactly("dial_dns");
    assertThat(follower.told).containsExactly("dial_dns");
    assertThat(asked(http2, GET, false).told).as("the next one tries anew").isEmpty();
  }

  @Test
  void aFollowerLeadsWhenItsLeaderLeaves() {
    logs.expect("dial_failed");
    RecordedEvents leader = new RecordedEvents();
    Connecting first = connecting(http2, GET, false, leader);
    first.begin();
    RecordedEvents second = asked(http2, GET, false);
    RecordedEvents third = asked(http2, GET, false);
    world.pass(4);
    first.cancel();
    world.pass(4);
    assertThat(second.told).as("it has all its time").isEmpty();
    world.pass(6);
    assertThat(leader.told).isEmpty();
    assertThat(second.told).containsExactly("dial_dns");
    assertThat(third.told).containsExactly("dial_dns");
  }

  @Test
  void aFollowerThatLeavesIsToldNothing() {
    logs.expect("dial_failed");
    asked(http2, GET, false);
    RecordedEvents events = new RecordedEvents();
    Connecting follower = connecting(http2, GET, false, events);
    follower.begin();
    follower.cancel();
    world.pass(10);
    assertThat(events.told).isEmpty();
  }

  @Test
  void aConnectionThatBecomesFreeServesTheLeaderAndThoseWhoWait() {
    logs.expect("dial_failed");
    FakeConnection full = there(http2, Wire.HTTP_2, world.two());
    full.free = false;
    RecordedEvents leader = asked(http2, GET, false);
    RecordedEvents follower = asked(http2, GET, false);
    assertThat(leader.told).isEmpty();
    full.free = true;
    world.pass(5);
    assertThat(leader.told).containsExactly("opened");
    assertThat(follower.told).containsExactly("opened");
  }

  @Test
  void aFreshConnectionIsNotWaitedFor() {
    RecordedEvents first = asked(http2, GET, true);
    there(http2, Wire.HTTP_2, world.one());
    assertThat(asked(http2, GET, false).told).containsExactly("opened");
    assertThat(first.told).isEmpty();
  }
}
