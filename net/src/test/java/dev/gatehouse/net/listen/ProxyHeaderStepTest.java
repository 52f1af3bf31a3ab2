package dev.gatehouse.net.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.CountryLookup;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.net.firewall.RateLimit;
import dev.gatehouse.net.firewall.RuleFirewall;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.testkit.Hex;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

@ExtendWith(LeakGuard.class)
class ProxyHeaderStepTest {

  private static final String PROXY = "10.0.0.1";
  private static final String V1 = "PROXY TCP4 192.0.2.10 198.51.100.7 56324 443\r\n";

  private static final String ADDRESSES = "c000020a c6336407 dc04 01bb";

  /** Signature; version 2 and PROXY; TCP over IPv4; 12 bytes; the addresses and ports of V1. */
  private static final String V2 = latin("0d0a0d0a000d0a515549540a21 11 000c", ADDRESSES);

  /** As V2, with a UNIQUE_ID of four bytes behind the addresses. */
  private static final String V2_ID =
      latin("0d0a0d0a000d0a515549540a21 11 0013", ADDRESSES + "05 0004 01020304");

  private static final String V2_LOCAL = latin("0d0a0d0a000d0a515549540a20 00 0000", "");
  private static final String V2_UNSPEC = latin("0d0a0d0a000d0a515549540a21 00 0000", "");
  private static final String HELLO = "\u0016\u0003\u0001 hello";

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final EventCounters counters = new EventCounters();
  private final ManualTicker ticker = new ManualTicker();
  private final ConnectionLimit addresses = new ConnectionLimit(0);
  private final RuleFirewall firewall = new RuleFirewall(CountryLookup.NONE, ticker, counters);
  private final List<Refusal> refused = new ArrayList<>();
  private final List<Service> served = new ArrayList<>();
  private final ListenerLimit limit = new ListenerLimit(0);
  private Guard guard = new Guard(true, List.of(cidr("10.0.0.0/8")), 0);
  private boolean readsAtOnce = true;

  /** Collects what the connection brings, in order. */
  private static final class Service extends ChannelInboundHandlerAdapter {
    private final StringBuilder received = new StringBuilder();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      received.append(bytes.toString(ISO_8859_1));
      bytes.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      received.append('|');
    }
  }

  /** Asks for more whenever something came. */
  private static final class Insatiable extends ChannelInboundHandlerAdapter {
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.read();
    }
  }

  static List<String> headers() {
    return List.of(V1, V2, V2_ID);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderMayBeSplitAnywhereAndWhatFollowsIsUntouched(String header) {
    String all = header + HELLO;
    for (int cut = 1; cut < all.length(); cut++) {
      EmbeddedChannel channel = connect(PROXY);
      send(channel, all.substring(0, cut));
      send(channel, all.substring(cut));
      assertThat(ClientAddress.of(channel)).hasToString("192.0.2.10:56324");
      assertThat(served.getLast().received).hasToString(HELLO);
      channel.close();
    }
    assertThat(counted(Metric.PROXY_PROTOCOL_ERRORS).values()).containsOnly(0.0);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderMayComeByteByByte(String header) {
    EmbeddedChannel channel = connect(PROXY);
    for (char c : (header + HELLO).toCharArray()) {
      send(channel, String.valueOf(c));
    }
    assertThat(ClientAddress.destination(channel)).hasToString("198.51.100.7:443");
    assertThat(served.getLast().received).hasToString(HELLO);
    assertThat(channel.pipeline().get(ProxyHeaderReader.NAME)).as("one shot").isNull();
    channel.close();
  }

  @Test
  void whatFollowsWaitsUntilTheServiceReads() {
    readsAtOnce = false;
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V2 + "one ", "two ");
    assertThat(served).hasSize(1);
    assertThat(served.getFirst().received).isEmpty();
    channel.read();
    channel.read();
    channel.runPendingTasks();
    assertThat(served.getFirst().received).hasToString("one two ");
    send(channel, "three");
    assertThat(served.getFirst().received).hasToString("one two three");
    channel.close();
  }

  @Test
  void aServiceThatReadsBeforeAnythingFollowsGetsItDirectly() {
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V1);
    assertThat(channel.pipeline().get(ProxyHeaderReader.NAME)).isNull();
    send(channel, HELLO);
    assertThat(served.getFirst().received).hasToString(HELLO);
    channel.close();
  }

  /** The first half of a hello comes with the header, and its reader asks for the other at once. */
  @Test
  void aServiceThatWantsMoreThanCameWithTheHeaderIsReadOn() {
    readsAtOnce = false;
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V1 + "one ");
    channel.pipeline().addLast(new Insatiable());
    channel.read();
    channel.runPendingTasks();
    channel.checkException();
    send(channel, "two");
    assertThat(served.getFirst().received).hasToString("one two");
    assertThat(channel.pipeline().get(ProxyHeaderReader.NAME)).as("one shot").isNull();
    channel.close();
  }

  @Test
  void aSecondHeaderIsData() {
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V1 + V1);
    assertThat(served.getFirst().received).hasToString(V1);
    channel.close();
  }

  @Test
  void aPeerThatLeavesBehindItsRequestIsStillHeard() {
    readsAtOnce = false;
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V1 + HELLO);
    channel.pipeline().fireChannelInactive();
    assertThat(served.getFirst().received).hasToString(HELLO + "|");
    channel.close();
  }

  @Test
  void whatNobodyReadsIsReleased() {
    readsAtOnce = false;
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V1 + HELLO);
    channel.pipeline().remove(ProxyHeaderReader.NAME);
    channel.close();
    assertThat(served.getFirst().received).hasToString("|");
  }

  @Test
  void theDeadlineIsForTheWholeHeaderHoweverItTricklesIn() {
    EmbeddedChannel channel = connect(PROXY);
    for (int i = 0; i < 9; i++) {
      channel.advanceTimeBy(500, TimeUnit.MILLISECONDS);
      send(channel, V1.substring(i, i + 1));
    }
    // the clock stood still only after the connection was there
    channel.advanceTimeBy(300, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
    channel.advanceTimeBy(200, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertRefused(channel, "timeout");
  }

  @Test
  void theDeadlineEndsWithTheHeader() {
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V1);
    channel.advanceTimeBy(1, TimeUnit.HOURS);
    assertThat(channel.runScheduledPendingTasks()).as("no timer is left").isEqualTo(-1);
    assertThat(channel.isOpen()).isTrue();
    channel.close();
  }

  @ParameterizedTest
  @CsvSource({
    "474554202f, signature",
    "160301, signature",
    "0d0a0d0a00ff, signature",
    "50524f585920544350350d0a, v1_syntax",
    "0d0a0d0a000d0a515549540a 31, version",
    "0d0a0d0a000d0a515549540a 22, command",
    "0d0a0d0a000d0a515549540a 21 41, family",
    "0d0a0d0a000d0a515549540a 21 12, transport",
    "0d0a0d0a000d0a515549540a 21 11 000b, length",
    "0d0a0d0a000d0a515549540a 21 11 10d9, too_big",
    "0d0a0d0a000d0a515549540a 21 11 000d c000020a c6336407 dc04 01bb ff, tlv",
    "0d0a0d0a000d0a515549540a 21 11 0013 c000020a c6336407 dc04 01bb 03000400000000, crc",
  })
  void whatIsNoHeaderIsResetAtItsFirstWrongByte(String hex, String reason) {
    EmbeddedChannel channel = connect(PROXY);
    channel.writeInbound(Hex.buffer(hex));
    channel.runPendingTasks();
    assertRefused(channel, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "PROXY TCP4 192.0.2.10"})
  void aPeerThatLeavesBeforeItsHeaderIsWholeIsOnlyCounted(String sent) {
    EmbeddedChannel channel = connect(PROXY);
    send(channel, sent);
    channel.close();
    assertThat(refused).isEmpty();
    assertThat(counted(Metric.PROXY_PROTOCOL_ERRORS)).containsEntry("eof", 1.0);
    assertThat(channel.runScheduledPendingTasks()).as("no timer is left").isEqualTo(-1);
    assertThat(limit.count()).isZero();
    assertThat(logs.events("proxy_header_rejected")).isEmpty();
  }

  @Test
  void aResetDuringTheHeaderIsAnEndToo() {
    EmbeddedChannel channel = connect(PROXY);
    channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    assertThat(channel.isOpen()).isFalse();
    assertThat(counted(Metric.PROXY_PROTOCOL_ERRORS)).containsEntry("eof", 1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.66", "11.0.0.1", "2001:db8::1", "::1"})
  void aStrangerMayNotSendAHeader(String peer) {
    EmbeddedChannel channel = connect(peer);
    assertRefused(channel, "untrusted");
    assertThat(channel.pipeline().get(ProxyHeaderReader.NAME)).as("no byte is read").isNull();
  }

  @Test
  void withoutANameOfTrustAnybodyMay() {
    guard = new Guard(true, List.of(), 0);
    EmbeddedChannel channel = connect("203.0.113.5");
    send(channel, V1);
    assertThat(ClientAddress.of(channel)).hasToString("192.0.2.10:56324");
    channel.close();
  }

  @Test
  void theBlockListsSeeTheClientAndNotItsProxy() {
    firewall.rules(new FirewallRules(Set.of(), Set.of(cidr("10.0.0.0/8")), Set.of()));
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V1);
    assertThat(channel.isOpen()).isTrue();
    channel.close();

    firewall.rules(new FirewallRules(Set.of(ip("192.0.2.10")), Set.of(), Set.of()));
    channel = connect(PROXY);
    send(channel, V1 + HELLO);
    assertThat(channel.isOpen()).isFalse();
    assertThat(served).hasSize(1);
    assertThat(counted(Metric.FIREWALL_BLOCKED)).containsEntry("ip", 1.0);
    assertThat(refused).isEmpty();
  }

  @Test
  void aMappedClientIsBlockedAsItsIpv4Address() {
    firewall.rules(new FirewallRules(Set.of(ip("192.0.2.10")), Set.of(), Set.of()));
    EmbeddedChannel channel = connect(PROXY);
    send(channel, "PROXY TCP6 ::ffff:192.0.2.10 ::ffff:198.51.100.7 56324 443\r\n");
    assertThat(channel.isOpen()).isFalse();
    assertThat(counted(Metric.FIREWALL_BLOCKED)).containsEntry("ip", 1.0);
  }

  @Test
  void clientsAreCountedAndTheirProxyIsNot() {
    addresses.change(1);
    EmbeddedChannel first = connect(PROXY);
    EmbeddedChannel second = connect(PROXY);
    EmbeddedChannel third = connect(PROXY);
    assertThat(addresses.clients()).as("nobody counts before the header").isZero();
    send(first, V1);
    send(second, "PROXY TCP4 192.0.2.11 198.51.100.7 1 443\r\n");
    send(third, V2);
    assertThat(first.isOpen()).isTrue();
    assertThat(second.isOpen()).isTrue();
    assertThat(third.isOpen()).as("a second one of the first client").isFalse();
    assertThat(refused).containsExactly(Refusal.ADDRESS_LIMIT);
    assertThat(addresses.held(ip(PROXY))).isZero();
    first.close();
    second.close();
    assertThat(addresses.clients()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "local", "unspec"})
  void aTrustedProxyThatNamesNobodyPassesTheLimitsButNotTheBlockLists(String kind) {
    addresses.change(1);
    firewall.rate(new RateLimit(1, Duration.ofSeconds(10), 16));
    for (int i = 0; i < 5; i++) {
      EmbeddedChannel channel = connect(PROXY);
      send(channel, unnamed(kind));
      assertThat(ClientAddress.of(channel)).hasToString(PROXY + ":1234");
      assertThat(ClientAddress.destination(channel)).as("the near end").hasToString("0.0.0.0:0");
    }
    assertThat(served).hasSize(5);
    firewall.rules(new FirewallRules(Set.of(ip(PROXY)), Set.of(), Set.of()));
    EmbeddedChannel blocked = connect(PROXY);
    send(blocked, unnamed(kind));
    assertThat(blocked.isOpen()).isFalse();
    assertThat(counted(Metric.FIREWALL_BLOCKED)).containsEntry("ip", 1.0);
  }

  @Test
  void whereAnybodyMaySendHeadersNamingNobodyIsNoWayAroundTheLimits() {
    guard = new Guard(true, List.of(), 0);
    addresses.change(1);
    send(connect("203.0.113.5"), V2_LOCAL);
    send(connect("203.0.113.5"), V2_LOCAL);
    assertThat(served).hasSize(1);
    assertThat(refused).containsExactly(Refusal.ADDRESS_LIMIT);
  }

  @Test
  void theNameThatAProxyGaveToTheConnectionIsKept() {
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V2_ID);
    assertThat(ClientAddress.uniqueId(channel)).contains(Bytes.of(new byte[] {1, 2, 3, 4}));
    channel.close();
    channel = connect(PROXY);
    send(channel, V2);
    assertThat(ClientAddress.uniqueId(channel)).isEmpty();
    channel.close();
  }

  @Test
  void headersAreCountedByVersionAndCommand() {
    connect(PROXY).close();
    assertThat(counted(Metric.PROXY_PROTOCOL_HEADERS).values()).containsOnly(0.0);
    List.of(V1, V2, V2_ID, V2_LOCAL, V2_UNSPEC, "PROXY UNKNOWN\r\n")
        .forEach(header -> send(connect(PROXY), header));
    assertThat(counted(Metric.PROXY_PROTOCOL_HEADERS))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "v1 proxy", 1.0,
                "v1 unknown", 1.0,
                "v2 proxy", 2.0,
                "v2 local", 1.0,
                "v2 unknown", 1.0));
  }

  @Test
  void everyReasonIsCountedFromZero() {
    connect(PROXY);
    assertThat(counted(Metric.PROXY_PROTOCOL_ERRORS))
        .containsOnlyKeys(
            "untrusted",
            "timeout",
            "eof",
            "signature",
            "v1_syntax",
            "version",
            "command",
            "family",
            "transport",
            "length",
            "too_big",
            "tlv",
            "crc");
  }

  @Test
  void whoIsStillAtItsHeaderIsResetByADrain() {
    EmbeddedChannel channel = connect(PROXY);
    send(channel, "PROXY ");
    channel.pipeline().fireUserEventTriggered(Listener.Event.DRAIN);
    assertThat(channel.isOpen()).isFalse();
    assertThat(refused).containsExactly(Refusal.DRAINING);
  }

  @Test
  void whoIsPastItsHeaderIsToldOfADrain() {
    List<Object> told = new ArrayList<>();
    EmbeddedChannel channel = connect(PROXY);
    send(channel, V1);
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void userEventTriggered(ChannelHandlerContext context, Object event) {
                told.add(event);
              }
            });
    channel.pipeline().fireUserEventTriggered(Listener.Event.DRAIN);
    assertThat(told).containsExactly(Listener.Event.DRAIN);
    channel.close();
  }

  @Test
  void aFloodOfTenThousandClientsLeavesEveryTableBounded() {
    addresses.change(2);
    firewall.rate(new RateLimit(5, Duration.ofSeconds(10), 1000));
    List<Channel> open = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      EmbeddedChannel channel = connect(PROXY);
      send(channel, "PROXY TCP4 " + IpAddress.ipv4(0x0b000000 + i) + " 198.51.100.7 1 443\r\n");
      open.add(channel);
      if (open.size() == 100) {
        assertThat(addresses.clients()).isEqualTo(100);
        open.forEach(Channel::close);
        open.clear();
      }
    }
    assertThat(served).hasSize(10_000);
    assertThat(addresses.clients()).isZero();
    assertThat(limit.count()).isZero();
    Map<Metric, Double> samples = new HashMap<>();
    firewall.collect((metric, value, labels) -> samples.put(metric, value));
    assertThat(samples)
        .containsEntry(Metric.FIREWALL_RATE_TRACKED, 1000.0)
        .containsEntry(Metric.FIREWALL_RATE_EVICTIONS, 9000.0);
  }

  private void assertRefused(EmbeddedChannel channel, String reason) {
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.<Object>readOutbound()).as("no byte is sent").isNull();
    assertThat(served).isEmpty();
    assertThat(refused).containsExactly(Refusal.PROXY_HEADER);
    assertThat(counted(Metric.PROXY_PROTOCOL_ERRORS)).containsEntry(reason, 1.0);
    assertThat(counted(Metric.PROXY_PROTOCOL_ERRORS).values().stream().mapToDouble(v -> v).sum())
        .isEqualTo(1);
    assertThat(logs.events("proxy_header_rejected"))
        .allMatch(event -> event.level() == Level.DEBUG);
  }

  private EmbeddedChannel connect(String peer) {
    SocketAddress remote = new InetSocketAddress(peer, 1234);
    var channel =
        new EmbeddedChannel(false, false) {
          @Override
          protected SocketAddress remoteAddress0() {
            return remote;
          }
        };
    channel.config().setAutoRead(false);
    channel.pipeline().addLast(path());
    try {
      channel.register();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    channel.freezeTime();
    channel.runPendingTasks();
    return channel;
  }

  private AdmissionPath path() {
    ListenerSettings settings =
        new ListenerSettings(
            "test.listen",
            "test",
            new Endpoint(ip("127.0.0.1"), 0),
            16,
            guard,
            ListenerSettings.PROXY_HEADER_TIMEOUT,
            Duration.ZERO,
            false);
    Admission admission = new Admission(Admission.AddressLimit.of(addresses), firewall);
    List<AdmissionStep> header = List.of(new ProxyHeaderStep(settings, "test:0", counters));
    return new AdmissionPath(
        AdmissionPath.steps(limit, header, admission, new OpenConnections()),
        this::serve,
        refused::add);
  }

  private void serve(Channel channel) {
    Service service = new Service();
    channel.pipeline().addLast(service);
    served.add(service);
    if (readsAtOnce) {
      channel.config().setAutoRead(true);
    }
  }

  /** Each text is one message of the same read. */
  private static void send(EmbeddedChannel channel, String... texts) {
    for (String text : texts) {
      byte[] bytes = text.getBytes(ISO_8859_1);
      ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(bytes.length).writeBytes(bytes);
      channel.pipeline().fireChannelRead(buffer);
    }
    channel.pipeline().fireChannelReadComplete();
    channel.runPendingTasks();
  }

  private Map<String, Double> counted(Metric wanted) {
    Map<String, Double> found = new HashMap<>();
    counters.collect(
        (metric, value, labels) -> {
          if (metric == wanted) {
            int first = wanted == Metric.FIREWALL_BLOCKED ? 0 : 1;
            found.put(String.join(" ", List.of(labels).subList(first, labels.length)), value);
          }
        });
    return found;
  }

  private static String unnamed(String kind) {
    return switch (kind) {
      case "local" -> V2_LOCAL;
      case "unspec" -> V2_UNSPEC;
      default -> "PROXY UNKNOWN\r\n";
    };
  }

  private static String latin(String fixed, String rest) {
    return new String(Hex.bytes(fixed + rest), ISO_8859_1);
  }

  private static Cidr cidr(String text) {
    if (Cidr.read(text) instanceof Cidr.Read.Network(Cidr cidr)) {
      return cidr;
    }
    throw new IllegalArgumentException(text);
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
