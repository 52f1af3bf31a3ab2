package dev.gatehouse.net.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.descriptor.DescriptorBudget;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.testkit.LogGuard;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionPathTest {

  private static final String PEER = "192.0.2.7";

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final List<String> asked = new ArrayList<>();
  private final List<Refusal> refused = new ArrayList<>();
  private final List<Channel> served = new ArrayList<>();
  private final ListenerLimit limit = new ListenerLimit(1);
  private final OpenConnections open = new OpenConnections();
  private final Places places = new Places();
  private final Firewall firewall = new Scripted();
  private DescriptorBudget descriptors = DescriptorBudget.UNLIMITED;
  private Optional<Firewall.Reason> blocked = Optional.empty();

  @Test
  void theAddressIsJudgedAfterTheHeaderAndByTheFirewallLast() {
    connect(PEER, header("203.0.113.9"));
    assertThat(asked).containsExactly("header", "places 203.0.113.9", "firewall 203.0.113.9");
    assertThat(served).hasSize(1);
    assertThat(ClientAddress.of(served.getFirst())).hasToString("203.0.113.9:40000");
  }

  @Test
  void withoutAHeaderTheTransportPeerIsTheClient() {
    connect(PEER);
    assertThat(asked).containsExactly("places 192.0.2.7", "firewall 192.0.2.7");
    assertThat(ClientAddress.of(served.getFirst())).hasToString("192.0.2.7:1234");
  }

  @Test
  void aMappedPeerIsItsIpv4Address() {
    var path = path(List.of());
    var mapped = IpAddress.parse("::ffff:192.0.2.7").orElseThrow();
    Channel channel = new EmbeddedChannel();
    ClientAddress.set(channel, new Endpoint(mapped, 1));
    channel.pipeline().addLast(path);
    assertThat(ClientAddress.of(channel)).hasToString("192.0.2.7:1");
  }

  @Test
  void theListenerLimitComesFirstSoThatNobodyElseIsAsked() {
    connect(PEER);
    asked.clear();
    Channel second = connect("192.0.2.8", header("203.0.113.9"));
    assertThat(asked).isEmpty();
    assertThat(second.isOpen()).isFalse();
    assertThat(refused).containsExactly(Refusal.LISTENER_LIMIT);
    assertThat(served).hasSize(1);
  }

  @Test
  void theBudgetOfDescriptorsComesBeforeTheHeaderSoThatNobodyElseIsAsked() {
    limit.change(0);
    descriptors = DescriptorBudget.ofFiles(16);
    logs.expect("fd_short");
    for (int i = 0; i < 3; i++) {
      connect(PEER);
    }
    asked.clear();
    Channel fourth = connect(PEER, header("203.0.113.9"));
    assertThat(asked).isEmpty();
    assertThat(fourth.isOpen()).isFalse();
    assertThat(refused).containsExactly(Refusal.FD_LIMIT);
    assertThat(limit.count()).isEqualTo(3);
    assertThat(descriptors.held()).isEqualTo(6);
  }

  @Test
  void aConnectionGivesItsDescriptorsBackOnceHoweverItEnds() {
    limit.change(0);
    descriptors = DescriptorBudget.ofFiles(1000);
    connect(PEER).close();
    blocked = Optional.of(Firewall.Reason.IP);
    connect(PEER);
    assertThat(descriptors.held()).isZero();
  }

  @Test
  void aPlaceIsFreeAgainWhenItsConnectionCloses() {
    connect(PEER).close();
    assertThat(limit.count()).isZero();
    assertThat(connect(PEER).isOpen()).isTrue();
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 5, 5", "1, 5, 1", "4, 5, 4", "5, 5, 5"})
  void admitsAsManyAsTheLimitSays(int max, int arriving, int admitted) {
    limit.change(max);
    for (int i = 0; i < arriving; i++) {
      connect(PEER);
    }
    assertThat(served).hasSize(admitted);
    assertThat(refused).hasSize(arriving - admitted);
    assertThat(limit.count()).isEqualTo(admitted);
  }

  @Test
  void aLoweredLimitKeepsWhoIsThereAndRefusesTheNext() {
    limit.change(2);
    Channel first = connect(PEER);
    connect(PEER);
    limit.change(1);
    assertThat(connect(PEER).isOpen()).isFalse();
    first.close();
    assertThat(connect(PEER).isOpen()).as("one is still there").isFalse();
  }

  @Test
  void aNegativeLimitIsRefused() {
    assertThatThrownBy(() -> limit.change(-1))
        .hasMessage("max_connections: -1 (expected: >= 0)")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressThatHasAllItsPlacesIsResetAndCounted() {
    places.free = 0;
    Channel channel = connect(PEER);
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused).containsExactly(Refusal.ADDRESS_LIMIT);
    assertThat(asked).containsExactly("places 192.0.2.7");
    assertThat(places.free).isZero();
  }

  @Test
  void theFirewallCountsForItselfAndTheAddressGetsItsPlaceBack() {
    blocked = Optional.of(Firewall.Reason.CIDR);
    Channel channel = connect(PEER);
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused).isEmpty();
    assertThat(served).isEmpty();
    assertThat(places.free).isEqualTo(100);
    assertThat(limit.count()).isZero();
  }

  @Test
  void aHeaderThatTakesItsTimeHoldsTheRestBack() {
    Promise<Verdict> later = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
    connect(PEER, channel -> new Verdict.Pending(later));
    assertThat(asked).isEmpty();
    assertThat(limit.count()).isEqualTo(1);
    later.setSuccess(Verdict.ADMITTED);
    assertThat(asked).containsExactly("places 192.0.2.7", "firewall 192.0.2.7");
    assertThat(served).hasSize(1);
  }

  @Test
  void aBadHeaderIsRefusedBeforeAnyAddressIsJudged() {
    Promise<Verdict> later = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
    Channel channel = connect(PEER, ignored -> new Verdict.Pending(later));
    later.setSuccess(new Verdict.Refused(Refusal.PROXY_HEADER));
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused).containsExactly(Refusal.PROXY_HEADER);
    assertThat(asked).isEmpty();
  }

  @Test
  void aHeaderStepThatBreaksAdmitsNobody() {
    Promise<Verdict> later = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
    Channel channel = connect(PEER, ignored -> new Verdict.Pending(later));
    later.setFailure(new IllegalStateException("broken"));
    assertThat(channel.isOpen()).isFalse();
    assertThat(served).isEmpty();
  }

  @Test
  void aPeerThatLeavesDuringTheHeaderIsNotServed() {
    Promise<Verdict> later = new DefaultPromise<>(ImmediateEventExecutor.INSTANCE);
    connect(PEER, ignored -> new Verdict.Pending(later)).close();
    later.setSuccess(Verdict.ADMITTED);
    assertThat(asked).isEmpty();
    assertThat(served).isEmpty();
    assertThat(limit.count()).isZero();
  }

  @Test
  void aPeerWithoutAnAddressHasGone() {
    Channel channel = connect(null);
    assertThat(channel.isOpen()).isFalse();
    assertThat(served).isEmpty();
    assertThat(refused).isEmpty();
  }

  @Test
  void whoArrivesDuringTheDrainIsRefused() {
    limit.drain();
    assertThat(connect(PEER).isOpen()).isFalse();
    assertThat(refused).containsExactly(Refusal.DRAINING);
    assertThat(limit.count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, LOOPBACK", "10.0.0.1, PRIVATE", "192.0.2.7, PUBLIC"})
  void connectionsAreCountedByTheScopeOfTheirClient(String peer, AddressScope scope) {
    Channel channel = connect(peer);
    assertThat(open.open(scope).sum()).isEqualTo(1);
    channel.close();
    assertThat(open.open(scope).sum()).isZero();
  }

  @Test
  void nobodyKnowsTheClientBeforeAdmission() {
    assertThatThrownBy(() -> ClientAddress.of(new EmbeddedChannel()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("client address: asked for before admission");
  }

  private Channel connect(@Nullable String peer, AdmissionStep... header) {
    SocketAddress remote = peer == null ? null : new InetSocketAddress(peer, 1234);
    var channel =
        new EmbeddedChannel(false, false) {
          @Override
          protected @Nullable SocketAddress remoteAddress0() {
            return remote;
          }
        };
    channel.pipeline().addLast(path(List.of(header)));
    register(channel);
    assertThat(channel.<Object>readOutbound()).as("no byte is sent").isNull();
    return channel;
  }

  private static void register(EmbeddedChannel channel) {
    try {
      channel.register();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    channel.runPendingTasks();
  }

  private AdmissionPath path(List<AdmissionStep> header) {
    Admission admission = new Admission(places, firewall, descriptors, 1).costing(2);
    return new AdmissionPath(
        AdmissionPath.steps(limit, header, admission, open), served::add, refused::add);
  }

  private AdmissionStep header(String client) {
    return channel -> {
      asked.add("header");
      ClientAddress.set(channel, new Endpoint(IpAddress.parse(client).orElseThrow(), 40000));
      return Verdict.ADMITTED;
    };
  }

  private Optional<Firewall.Reason> answer(String question) {
    asked.add(question);
    return blocked;
  }

  private final class Scripted implements Firewall {
    @Override
    public Optional<Reason> blockedWithReason(IpAddress client) {
      return answer("firewall " + client);
    }

    @Override
    public Optional<Reason> blockedByRule(IpAddress client) {
      return answer("rules " + client);
    }
  }

  private final class Places implements Admission.AddressLimit {
    private int free = 100;

    @Override
    public boolean acquire(IpAddress client) {
      asked.add("places " + client);
      if (free == 0) {
        return false;
      }
      free--;
      return true;
    }

    @Override
    public void release(IpAddress client) {
      free++;
    }
  }
}
