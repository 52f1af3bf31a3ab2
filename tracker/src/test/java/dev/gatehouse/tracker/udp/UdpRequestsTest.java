package dev.gatehouse.tracker.udp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.ThreadMXBean;
import dev.gatehouse.config.value.Secret;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.datagram.Datagram;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.tracker.config.ConnectionIdRules;
import dev.gatehouse.tracker.config.RequestRules;
import dev.gatehouse.tracker.config.UdpFrontendConfig;
import dev.gatehouse.tracker.flow.Action;
import dev.gatehouse.tracker.flow.Flow;
import dev.gatehouse.tracker.flow.Logic;
import dev.gatehouse.tracker.flow.Logics;
import dev.gatehouse.tracker.flow.Meter;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.request.Sanitizer;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.wire.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class UdpRequestsTest {

  private static final IpAddress FOUR = IpAddress.ipv4(0x0102_0304);
  private static final IpAddress SIX = IpAddress.ipv6(0x2a00_0000_0000_0000L, 1);
  private static final int PORT = 1111;
  private static final String HASH = "aa".repeat(20);
  private static final String NO_ADDRESS = "00000000";

  private final ManualTicker ticker = new ManualTicker();
  private final EventCounters counters = new EventCounters();
  private final List<String> late = new ArrayList<>();
  private boolean spoofing;
  private boolean filter;
  private boolean answersBad = true;
  private int refusalsAllowed = 100;
  private int maxDatagram = 1400;
  private UdpRequests requests = requests(Logics.logic(ticker, counters));

  @BeforeEach
  void build() {
    requests = requests(Logics.logic(ticker, counters));
  }

  @Test
  void aConnectGetsAnIdOfItsOwnSize() {
    String answer = ask(FOUR, "00000417271019800000000000000055");
    assertThat(answer).startsWith("0000000000000055").hasSize(32);
    assertThat(ask(FOUR, "00000417271019800000000000000055deadbeef")).hasSize(32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "000004172710198000000000000000",
        "00000417271019810000000000000055",
        "00000000000000000000000000000055"
      })
  void whatIsNoRequestGetsNoAnswer(String packet) {
    assertThat(ask(FOUR, packet)).isEmpty();
  }

  @Test
  void silenceIsCounted() {
    ask(FOUR, "00");
    ask(FOUR, "00000417271019810000000000000055");
    assertThat(dropped("malformed packet")).isEqualTo(1);
    assertThat(dropped("bad magic")).isEqualTo(1);
  }

  @Test
  void aWrongIdIsToldBeforeAnythingElseIsLookedAt() {
    assertThat(ask(FOUR, "00000000000000010000000900000055"))
        .isEqualTo("0000000300000055" + text("bad connection ID") + "00");
  }

  @Test
  void aWrongIdCanBeMetWithSilence() {
    answersBad = false;
    build();
    assertThat(ask(FOUR, "00000000000000010000000100000055")).isEmpty();
    assertThat(dropped("bad connection ID")).isEqualTo(1);
  }

  @Test
  void refusalsToOneAddressAreFew() {
    refusalsAllowed = 2;
    build();
    String forged = "00000000000000010000000100000055";
    assertThat(List.of(ask(FOUR, forged), ask(FOUR, forged))).noneMatch(String::isEmpty);
    assertThat(ask(FOUR, forged)).isEmpty();
    assertThat(ask(SIX, forged)).isNotEmpty();
    assertThat(dropped("rate limit")).isEqualTo(1);
  }

  @Test
  void anIdOfAnotherAddressIsWrong() {
    String id = connect(FOUR);
    assertThat(ask(IpAddress.ipv4(0x0102_0305), id + announce(1, "00000002", NO_ADDRESS, 1, PORT)))
        .startsWith("00000003");
  }

  @Test
  void anIdEnds() {
    String id = connect(FOUR);
    ticker.advance(Duration.ofSeconds(130));
    requests.begin();
    assertThat(ask(FOUR, id + scrape(HASH))).startsWith("00000002");
    ticker.advance(Duration.ofSeconds(1));
    requests.begin();
    assertThat(ask(FOUR, id + scrape(HASH))).startsWith("00000003");
  }

  @Test
  void anUnknownActionIsToldToWhoeverIsThere() {
    assertThat(ask(FOUR, connect(FOUR) + "0000000900000055"))
        .isEqualTo("0000000300000055" + text("unknown action ID") + "00");
  }

  @Test
  void anAnnounceIsAnsweredWithPeersOfTheSameFamily() {
    announce(FOUR, 1, 100, 0x1ae1);
    announce(SIX, 1, 100, 0x1ae2);
    assertThat(announce(IpAddress.ipv4(0x0506_0708), 1, 0, 0x1ae3))
        .isEqualTo("0000000100000055" + "00000708" + "00000002" + "00000001" + "010203041ae1");
    assertThat(announce(IpAddress.ipv6(0x2a00_0000_0000_0000L, 2), 1, 0, 0x1ae4))
        .isEqualTo(
            "0000000100000055000007080000000200000002"
                + "2a000000000000000000000000000001"
                + "1ae2");
  }

  @Test
  void theOldFormGetsItsActionBack() {
    assertThat(ask(FOUR, connect(FOUR) + announce(4, "00000002", "00".repeat(16), 1, PORT)))
        .startsWith("0000000400000055")
        .endsWith("010203040457");
  }

  @Test
  void whoLeavesGetsCountsAlone() {
    ask(FOUR, connect(FOUR) + announce(1, "00000002", NO_ADDRESS, 1, PORT));
    assertThat(ask(FOUR, connect(FOUR) + announce(1, "00000003", NO_ADDRESS, 1, PORT)))
        .isEqualTo("0000000100000055000007080000000000000000");
  }

  @Test
  void anUnknownRestIsThatOfALeecher() {
    assertThat(announce(FOUR, 1, -1, PORT)).startsWith("00000001000000550000070800000001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000005", "00000100", "01000002"})
  void allBitsOfAnEventCount(String event) {
    assertThat(ask(FOUR, connect(FOUR) + announce(1, event, NO_ADDRESS, 1, PORT)))
        .isEqualTo("0000000300000055" + text("unknown event") + "00");
  }

  @Test
  void noPeerListensOnPortZero() {
    assertThat(announce(FOUR, 1, 1, 0)).isEqualTo("0000000300000055" + text("invalid port") + "00");
  }

  @Test
  void aShortAnnounceIsMalformed() {
    String id = connect(FOUR);
    String whole = announce(1, "00000002", NO_ADDRESS, 1, PORT);
    assertThat(ask(FOUR, id + whole.substring(0, whole.length() - 2)))
        .isEqualTo("0000000300000055" + text("malformed packet") + "00");
    assertThat(ask(FOUR, id + whole + "0201")).contains(text("malformed packet"));
    assertThat(ask(FOUR, id + whole + "02022525")).contains(text("invalid query escape"));
  }

  @Test
  void aClaimedAddressIsBelievedOnlyIfSaidSo() {
    String id = connect(FOUR);
    String claim = id + announce(1, "00000002", "09090909", 1, PORT);
    assertThat(ask(FOUR, claim)).endsWith("010203040457");
    spoofing = true;
    build();
    assertThat(ask(FOUR, claim)).endsWith("090909090457" + "010203040457");
    assertThat(ask(FOUR, id + announce(1, "00000003", "09090909", 1, PORT))).hasSize(40);
  }

  @Test
  void aClaimOfTheOtherFamilyDoesNotChangeWhichPeersAreSent() {
    announce(IpAddress.ipv4(0x0506_0708), 1, 1, PORT);
    spoofing = true;
    build();
    announce(IpAddress.ipv4(0x0506_0708), 1, 1, PORT);
    assertThat(
            ask(
                FOUR,
                connect(FOUR)
                    + announce(4, "00000002", "2a000000000000000000000000000009", 1, PORT)))
        .endsWith("050607080457");
  }

  @Test
  void privateAddressesAreDroppedIfSaidSo() {
    filter = true;
    build();
    IpAddress local = IpAddress.ipv4(0x0a00_0001);
    assertThat(announce(local, 1, 1, PORT))
        .isEqualTo("0000000300000055" + text("invalid IP") + "00");
    assertThat(ask(local, connect(local) + scrape(HASH))).contains(text("invalid IP"));
  }

  @ParameterizedTest
  @CsvSource({"1400, 100", "548, 88"})
  void anAnswerHasAsManyPeersAsFit(int bytes, int peers) {
    maxDatagram = bytes;
    build();
    for (int i = 0; i < 150; i++) {
      announce(IpAddress.ipv4(0x0b00_0000 + i), 1, 1, PORT);
    }
    assertThat(announce(FOUR, 1, 0, PORT)).hasSize(2 * (20 + 6 * peers));
  }

  @Test
  void aScrapeKeepsItsPositions() {
    announce(FOUR, 1, 0, PORT);
    announce(IpAddress.ipv4(0x0506_0708), 1, 9, PORT);
    assertThat(ask(FOUR, connect(FOUR) + scrape(HASH + "bb".repeat(20) + HASH)))
        .isEqualTo(
            "0000000200000055"
                + "000000010000000000000001"
                + "000000000000000000000000"
                + "000000010000000000000001");
  }

  @Test
  void aScrapeOfTooManyIsCutAndOneOfNoneIsMalformed() {
    String id = connect(FOUR);
    assertThat(ask(FOUR, id + scrape(HASH.repeat(60)))).hasSize(2 * (8 + 12 * 50));
    assertThat(ask(FOUR, id + scrape(""))).contains(text("malformed packet"));
    assertThat(ask(FOUR, id + scrape(HASH + "00"))).contains(text("malformed packet"));
  }

  @Test
  void whoAsksTooOftenGetsSilence() {
    SlidingWindow limit = new SlidingWindow(1, Duration.ofSeconds(60), 10, ticker.nanos());
    requests = requests(Logics.logic(ticker, counters, Optional.of(limit)));
    String id = connect(FOUR);
    assertThat(ask(FOUR, id + scrape(HASH))).isNotEmpty();
    assertThat(ask(FOUR, id + scrape(HASH))).isEmpty();
    assertThat(dropped("rate limit")).isEqualTo(1);
  }

  @Test
  void aHookSeesAllThatWasSent() {
    List<Object> seen = new ArrayList<>();
    requests =
        requests(
            Logics.logic(
                ticker,
                counters,
                new Hook() {
                  @Override
                  public String name() {
                    return "test";
                  }

                  @Override
                  public HookVerdict announce(
                      HookContext context, AnnounceRequest request, AnnounceReply reply) {
                    seen.add(request.infoHash().toString());
                    seen.add(request.parameters().query("A").orElseThrow());
                    seen.add(request.addresses().getFirst().address());
                    return new HookVerdict.Refused(new Rejections("gatehouse").torrentNotAllowed());
                  }

                  @Override
                  public HookVerdict scrape(HookContext context, ScrapeRequest request) {
                    seen.add(request.infoHashes().size());
                    return new HookVerdict.Passed(context);
                  }
                }));
    String announce = announce(1, "00000002", NO_ADDRESS, 1, PORT) + "0205" + text("/?a=b");
    assertThat(ask(FOUR, connect(FOUR) + announce))
        .isEqualTo("0000000300000055" + text("torrent not allowed by gatehouse") + "00");
    assertThat(ask(FOUR, connect(FOUR) + scrape(HASH))).startsWith("00000002");
    assertThat(seen).containsExactly(HASH, Bytes.utf8("b"), FOUR, 1);
  }

  @Test
  void anAnswerThatAHookDelaysIsSentLater() {
    CompletableFuture<HookVerdict> verdict = new CompletableFuture<>();
    requests =
        requests(
            Logics.logic(
                ticker,
                counters,
                new Hook() {
                  @Override
                  public String name() {
                    return "test";
                  }

                  @Override
                  public HookVerdict announce(
                      HookContext context, AnnounceRequest request, AnnounceReply reply) {
                    return new HookVerdict.Later(verdict);
                  }
                }));
    assertThat(announce(FOUR, 1, 1, PORT)).isEmpty();
    assertThat(ask(FOUR, connect(FOUR) + scrape(HASH))).startsWith("00000002");
    verdict.complete(new HookVerdict.Passed(HookContext.EMPTY));
    assertThat(late)
        .containsExactly("1.2.3.4:4711 0000000100000055000007080000000100000000" + "010203040457");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000000018e8c7977183fd175acab987137acca90346f8268e559c1ec"
            + "41322d312d33362d302d71df48c98cff683c7d74"
            + "000000000000000000000000000000000000000000000000"
            + "0000000200000000082505520000003241f30000",
        "000000013acaaf698520203dc76bcc75767a953ede5c962610a42f28"
            + "2d4c54323038302d47643742766a29487a417850"
            + "000000000000000000000000000000000000000000000000"
            + "0000000200000000c3605718000000c842040211"
            + "2f616e6e6f756e63653f6b65793d616263",
      })
  void whatRealClientsSendIsUnderstood(String packet) {
    String answer = ask(FOUR, connect(FOUR) + packet);
    assertThat(answer).startsWith("00000001").hasSize(2 * 26);
  }

  @Test
  void noPacketOfZerosDoesAnyHarm() {
    for (int action = 0; action < 4; action++) {
      for (int length = 0; length < 256; length++) {
        byte[] packet = new byte[length];
        if (length > 11) {
          packet[11] = (byte) action;
        }
        String answer = ask(FOUR, HexFormat.of().formatHex(packet));
        assertThat(answer.length() / 2).isLessThanOrEqualTo(26);
      }
    }
  }

  @Test
  void requestsAreCountedByOutcome() {
    announce(FOUR, 1, 1, PORT);
    announce(SIX, 1, 1, 0);
    assertThat(counters.counter(Metric.TRACKER_REQUESTS, "l", "udp", "connect", "IPv4", "").sum())
        .isEqualTo(1);
    assertThat(
            counters
                .counter(Metric.TRACKER_REQUESTS, "l", "udp", "announce", "Unknown", "invalid port")
                .sum())
        .isEqualTo(1);
  }

  /** As it is where nobody wants to see every request. */
  @Test
  void anAnnounceOfWhomIsKnownAllocatesNothing() {
    Logger log = (Logger) LoggerFactory.getLogger(Flow.class);
    log.setLevel(Level.INFO);
    try {
      assertThat(leastAllocated()).as("bytes for 2000 announces").isLessThan(2000);
    } finally {
      log.setLevel(null);
    }
  }

  private long leastAllocated() {
    for (int port = 2000; port < 2100; port++) {
      announce(FOUR, 1, 1, port);
    }
    byte[] packet =
        HexFormat.of().parseHex(connect(FOUR) + announce(1, "00000000", NO_ADDRESS, 1, 2000));
    ByteBuf bytes = Unpooled.wrappedBuffer(packet);
    ByteBuf out = Unpooled.buffer(maxDatagram);
    Datagram in = new Datagram();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // objects that never leave a method are gone once it is compiled
    for (int round = 0; round < 1000 && least >= 2000; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 2000; i++) {
        in.set(bytes.setIndex(0, packet.length), FOUR.family(), FOUR.high(), FOUR.low(), 4711);
        requests.handle(in, out.clear());
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(out.readableBytes()).isEqualTo(20 + 99 * 6);
    return least;
  }

  private long dropped(String reason) {
    return counters.counter(Metric.TRACKER_DROPPED, "udp", reason).sum();
  }

  private String connect(IpAddress client) {
    return ask(client, "00000417271019800000000000000055").substring(16);
  }

  private String announce(IpAddress client, int action, long left, int port) {
    String own = text("-UT3000-%012d".formatted(client.low()));
    String packet = announce(action, "00000002", NO_ADDRESS, left, port);
    return ask(client, connect(client) + packet.substring(0, 56) + own + packet.substring(96));
  }

  /** All of an announce but the id of its connection. */
  private static String announce(int action, String event, String address, long left, int port) {
    return "%08x".formatted(action)
        + "00000055"
        + HASH
        + text("-TR3000-%012d".formatted(port))
        + "%016x%016x%016x".formatted(0, left, 0)
        + event
        + address
        + "12345678"
        + "ffffffff"
        + "%04x".formatted(port);
  }

  private static String scrape(String hashes) {
    return "0000000200000055" + hashes;
  }

  private static String text(String ascii) {
    return HexFormat.of().formatHex(ascii.getBytes(US_ASCII));
  }

  private String ask(IpAddress client, String hex) {
    Datagram in = new Datagram();
    in.set(
        Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)),
        client.family(),
        client.high(),
        client.low(),
        4711);
    ByteBuf out = Unpooled.buffer();
    requests.handle(in, out);
    return ByteBufUtil.hexDump(out);
  }

  private UdpRequests requests(Logic logic) {
    UdpFrontendConfig config =
        new UdpFrontendConfig(
            new Endpoint(FOUR, 1),
            false,
            1,
            new ConnectionIdRules(
                ConnectionIdRules.Scheme.SIPHASH,
                Optional.empty(),
                List.of(),
                Duration.ofSeconds(120),
                Duration.ofSeconds(10),
                answersBad),
            maxDatagram,
            65_536,
            new RequestRules(spoofing, new Sanitizer(filter, 100, 50, 50), Optional.empty()));
    Meter meter = new Meter("l", "udp", true, EnumSet.of(Action.CONNECT), counters);
    Optional<SlidingWindow> refusals =
        Optional.of(
            new SlidingWindow(refusalsAllowed, Duration.ofSeconds(10), 100, ticker.nanos()));
    UdpTerms terms =
        new UdpTerms(
            config,
            logic,
            meter,
            new UdpDrops(counters),
            new Secret("secret"),
            List.of(),
            refusals,
            new Random(1));
    return new UdpRequests(
        terms,
        (answer, family, high, low, port) ->
            late.add(
                new IpAddress(family, high, low) + ":" + port + " " + ByteBufUtil.hexDump(answer)));
  }
}
