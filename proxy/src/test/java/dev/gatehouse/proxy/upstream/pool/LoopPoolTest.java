package dev.gatehouse.proxy.upstream.pool;

import static dev.gatehouse.proxy.http.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.config.PoolSettings;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.upstream.http.RecordedEvents;
import io.netty.channel.ChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoopPoolTest {

  private final PoolWorld world = new PoolWorld();
  private final LoopPool pool = world.pool;
  private final Upstream upstream = world.upstream(BackendProtocol.AUTO);
  private final Shelf.Kind kind = kind(upstream, Wire.HTTP_1, Optional.empty());

  private static Shelf.Kind kind(Upstream upstream, Wire wire, Optional<ChannelId> owner) {
    return new Shelf.Kind(upstream, wire, owner);
  }

  private FakeConnection busy(Shelf.Kind of) {
    return new FakeConnection(pool.shelf(of, world.one()), false);
  }

  private FakeConnection idle(Shelf.Kind of) {
    FakeConnection connection = busy(of);
    pool.shelf(of, world.one()).idle(connection);
    return connection;
  }

  @Test
  void aConnectionServesItsOwnKindAndBackendAlone() {
    Optional<ChannelId> owner = Optional.of(world.client.id());
    idle(kind);
    assertThat(pool.spare(kind(upstream, Wire.HTTP_2, Optional.empty()), world.one())).isEmpty();
    assertThat(pool.spare(kind(upstream, Wire.HTTP_1, owner), world.one())).isEmpty();
    Upstream other = world.upstream(BackendProtocol.AUTO);
    assertThat(pool.spare(kind(other, Wire.HTTP_1, Optional.empty()), world.one())).isEmpty();
    assertThat(pool.spare(kind, world.two())).isEmpty();
    assertThat(pool.hasSpare(kind, world.two())).isFalse();
    assertThat(pool.hasSpare(kind, world.one())).isTrue();
    assertThat(pool.spare(kind, world.one())).isPresent();
    assertThat(pool.hasSpare(kind, world.one())).isFalse();
  }

  @Test
  void aConnectionThatNobodyUsesGrowsOld() {
    FakeConnection connection = idle(kind);
    world.pass(29);
    assertThat(connection.told).isEmpty();
    world.pass(1);
    assertThat(connection.told).containsExactly("idle");
    assertThat(pool.hasSpare(kind, world.one())).isFalse();
  }

  @Test
  void aConnectionThatIsUsedStaysYoung() {
    FakeConnection connection = idle(kind);
    world.pass(20);
    assertThat(pool.spare(kind, world.one())).isPresent();
    world.pass(100);
    assertThat(connection.told).isEmpty();
    pool.shelf(kind, world.one()).idle(connection);
    world.pass(29);
    assertThat(connection.told).isEmpty();
  }

  @Test
  void aConnectionThatWasInUseDuringASweepIsFoundAfterIt() {
    FakeConnection connection = busy(kind);
    Shelf itsShelf = pool.shelf(kind, world.one());
    idle(kind(upstream, Wire.NEGOTIATED, Optional.empty()));
    world.pass(2);
    itsShelf.idle(connection);
    assertThat(pool.hasSpare(kind, world.one())).isTrue();
    world.pass(31);
    assertThat(connection.told).containsExactly("idle");
  }

  @Test
  void withoutATimeoutNothingGrowsOld() {
    world.shared.follow(new PoolSettings(Duration.ZERO, 2, 0), PoolWorld.CONNECT);
    FakeConnection connection = idle(kind);
    world.pass(1000);
    assertThat(connection.told).isEmpty();
  }

  @Test
  void nothingIsSweptWhereNothingIsKept() {
    idle(kind);
    world.pass(31);
    world.pass(1);
    assertThat(world.client.runScheduledPendingTasks()).isEqualTo(-1);
    idle(kind);
    assertThat(world.client.runScheduledPendingTasks()).isNotEqualTo(-1);
  }

  @Test
  void theConnectionsOfAClientEndWithIt() {
    FakeConnection its = idle(kind(upstream, Wire.HTTP_1, Optional.of(world.client.id())));
    ChannelId another = new EmbeddedChannel(NamedId.of("other")).id();
    FakeConnection anothers = idle(kind(upstream, Wire.HTTP_1, Optional.of(another)));
    FakeConnection everybodys = idle(kind);
    pool.ownerGone(world.client.id());
    assertThat(its.told).containsExactly("closed");
    assertThat(anothers.told).isEmpty();
    assertThat(everybodys.told).isEmpty();
  }

  @Test
  void allEndWhenThePoolDoes() {
    FakeConnection first = idle(kind);
    FakeConnection second = idle(kind(upstream, Wire.HTTP_2, Optional.empty()));
    pool.closeAll();
    assertThat(first.told).containsExactly("closed");
    assertThat(second.told).containsExactly("closed");
    assertThat(pool.hasSpare(kind, world.one())).isFalse();
  }

  @Test
  void oneMakesASharedConnectionAndTheOthersWait() {
    Connecting first = connecting();
    Connecting second = connecting();
    assertThat(pool.awaits(kind, first)).isFalse();
    assertThat(pool.awaits(kind, second)).isTrue();
    assertThat(pool.arrived(kind)).containsExactly(second);
    assertThat(pool.arrived(kind)).isEmpty();
    assertThat(pool.awaits(kind, first)).as("nobody makes one any more").isFalse();
  }

  private Connecting connecting() {
    Asking asking =
        PoolWorld.asking(upstream, request("GET·/·HTTP/1.1$Host:·a.example$$"), world.client);
    return new Connecting(world.shared, pool, asking, false, new RecordedEvents());
  }
}
