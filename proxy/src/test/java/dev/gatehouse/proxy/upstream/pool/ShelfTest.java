package dev.gatehouse.proxy.upstream.pool;

import static dev.gatehouse.kernel.address.IpAddress.ANY_IPV4;
import static dev.gatehouse.proxy.http.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.forward.BackendRequest;
import dev.gatehouse.proxy.http.forward.Forwarding;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.upstream.http.BackendConnection;
import dev.gatehouse.proxy.upstream.http.Http1Backend;
import dev.gatehouse.proxy.upstream.http.Keeper.Discard;
import dev.gatehouse.proxy.upstream.http.RecordedEvents;
import dev.gatehouse.testkit.Hex;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakGuard.class)
class ShelfTest {

  private static final Request GET = request("GET·/·HTTP/1.1$Host:·a.example$$");

  private final PoolWorld world = new PoolWorld();
  private final Upstream upstream = world.upstream(BackendProtocol.AUTO);
  private final Shelf.Kind kind = new Shelf.Kind(upstream, Wire.HTTP_1, Optional.empty());
  private final Shelf shelf = world.pool.shelf(kind, world.one());

  private FakeConnection idle() {
    FakeConnection connection = new FakeConnection(shelf, false);
    shelf.idle(connection);
    return connection;
  }

  private void assertConnections(int idle, int busy) {
    assertThat(world.connections()).isEqualTo(Map.of("idle", idle, "busy", busy));
  }

  @Test
  void theLastThatWasUsedIsUsedNext() {
    FakeConnection older = idle();
    FakeConnection newer = idle();
    assertThat(shelf.take()).containsSame(newer);
    assertThat(shelf.take()).containsSame(older);
    assertThat(shelf.take()).isEmpty();
    assertThat(world.reused()).isEqualTo(2);
  }

  @Test
  void whatCannotServeNowIsPassedOver() {
    FakeConnection older = idle();
    idle().free = false;
    assertThat(shelf.hasFree()).isTrue();
    assertThat(shelf.take()).containsSame(older);
    assertThat(shelf.hasFree()).isFalse();
    assertThat(shelf.take()).isEmpty();
  }

  @Test
  void aConnectionInUseIsNobodyElses() {
    new FakeConnection(shelf, false);
    assertThat(shelf.take()).isEmpty();
    assertThat(shelf.isEmpty()).as("it will come back").isFalse();
    assertConnections(0, 1);
  }

  @Test
  void aSharedConnectionServesManyAtATime() {
    FakeConnection connection = new FakeConnection(shelf, true);
    assertThat(shelf.take()).containsSame(connection);
    assertThat(shelf.take()).containsSame(connection);
    assertConnections(0, 1);
    shelf.idle(connection);
    assertConnections(1, 0);
    assertThat(shelf.take()).containsSame(connection);
    assertConnections(0, 1);
  }

  @Test
  void noMoreAreKeptThanMayBeIdle() {
    idle();
    idle();
    FakeConnection third = idle();
    assertThat(third.told).containsExactly("full");
    assertThat(world.discarded("full")).isOne();
    assertConnections(2, 0);
  }

  @Test
  void aConnectionThatDoesNotFitIsCountedOutOnce() {
    idle();
    idle();
    EmbeddedChannel channel = new EmbeddedChannel();
    BackendConnection real = Http1Backend.install(channel, world.one(), shelf);
    shelf.opened(real);
    real.open(GET, new RecordedEvents())
        .begin(new BackendRequest(GET, new Forwarding(GET.fields(), ANY_IPV4, "id", 0, 0)), true);
    // HTTP/1.1 204 and a blank, which ends the status line
    channel.writeInbound(Hex.buffer("485454502f312e3120323034200d0a0d0a"));
    assertConnections(2, 0);
    assertThat(world.discarded("full")).isOne();
    assertThat(world.discarded("closed")).isZero();
    assertThat(channel.isActive()).isFalse();
    channel.finishAndReleaseAll();
  }

  @Test
  void aClosingPoolKeepsNothing() {
    FakeConnection connection = new FakeConnection(shelf, false);
    world.shared.close();
    shelf.idle(connection);
    assertThat(connection.told).containsExactly("full");
    assertConnections(0, 0);
  }

  @Test
  void aConnectionThatIsGoneIsNotFoundAgain() {
    FakeConnection connection = idle();
    shelf.gone(connection, Discard.SURPLUS);
    assertThat(shelf.take()).isEmpty();
    assertThat(shelf.isEmpty()).isTrue();
    assertThat(world.discarded("surplus")).isOne();
    assertConnections(0, 0);
  }

  @Test
  void oldOnesAreEvictedAndUsedOnesStay() {
    FakeConnection old = idle();
    world.ticker.advance(PoolWorld.IDLE.dividedBy(2));
    FakeConnection young = idle();
    FakeConnection used = new FakeConnection(shelf, true);
    world.ticker.advance(PoolWorld.IDLE.dividedBy(2));
    shelf.evict(PoolWorld.IDLE.toNanos());
    assertThat(old.told).containsExactly("idle");
    assertThat(young.told).isEmpty();
    assertThat(used.told).isEmpty();
  }

  @Test
  void whatABackendSpeaksIsLearnedForItsRoute() {
    shelf.learned(true);
    assertThat(upstream.memory().known(world.ticker.nanos())).contains(Wire.HTTP_2);
    shelf.learned(false);
    assertThat(upstream.memory().known(world.ticker.nanos())).contains(Wire.HTTP_1);
  }
}
