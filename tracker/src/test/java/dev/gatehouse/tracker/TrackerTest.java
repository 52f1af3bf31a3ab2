package dev.gatehouse.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.PartContract;
import dev.gatehouse.tracker.config.TrackerConfig;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.http.HttpPeer;
import dev.gatehouse.tracker.rule.MemoryRules;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.storage.Collected;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A whole tracker, asked by plain sockets. */
class TrackerTest extends PartContract {

  private static final String HASH = "aaaaaaaaaaaaaaaaaaaa";
  private static final String BOTH =
      """
      [[tracker.http]]
      addr = "127.0.0.1:%1$d"
      ping_routes = ["/ping"]
      stats_routes = ["/stats.json", "/stats"]
      [[tracker.udp]]
      addr = "127.0.0.1:%1$d"
      workers = 2
      receive_buffer = "64KiB"
      """;

  @RegisterExtension final LogGuard log = new LogGuard();

  @TempDir Path folder;

  private final EventLoops loops = new EventLoops(Transport.AUTO);
  private final EventCounters counters = new EventCounters();
  private int port;

  @BeforeEach
  void startLoops() throws IOException {
    loops.start();
    port = freePort();
  }

  @AfterEach
  void stopLoops() {
    loops.close();
  }

  @Override
  protected Part newPart() {
    return tracker(BOTH.formatted(port));
  }

  @Test
  void theSameSwarmIsSeenByBothProtocols() throws Exception {
    Tracker tracker = begin(BOTH.formatted(port));
    try (HttpPeer http = new HttpPeer(port);
        DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      udp.setSoTimeout(10_000);
      assertThat(announce(http, "01234567890123456789", 10001, "left=100&event=started"))
          .contains("8:completei0e10:incompletei1e");
      byte[] reply = announceByUdp(udp, "98765432109876543210", 10002);
      // the other one, at 127.0.0.1:10001; counts include who asks
      assertThat(HexFormat.of().formatHex(reply))
          .isEqualTo("0000000100000055" + "00000708" + "00000001" + "00000001" + "7f0000012711");
      assertThat(announce(http, "01234567890123456789", 10001, "left=0&event=completed"))
          .contains("8:completei2e10:incompletei0e");
      assertThat(http.get("/scrape?info_hash=" + HASH).body())
          .isEqualTo("d5:filesd20:" + HASH + "d8:completei2e10:downloadedi1e10:incompletei0eeee");
      assertThat(announce(http, "01234567890123456789", 10001, "left=0&event=stopped"))
          .contains("8:completei1e10:incompletei0e")
          .endsWith("5:peers0:e");
    }
    TrackerView view = tracker.view();
    assertThat(view.swarms().peers()).isEqualTo(1);
    assertThat(view.announces()).isEqualTo(4);
    assertThat(view.scrapes()).isEqualTo(1);
    assertThat(view.ports()).extracting(TrackerView.Port::protocol).containsExactly("http", "udp");
    tracker.close();
  }

  @Test
  void pagesAndSamplesTellTheSame() throws Exception {
    Tracker tracker = begin(BOTH.formatted(port));
    try (HttpPeer http = new HttpPeer(port)) {
      announce(http, "01234567890123456789", 10001, "left=100");
      assertThat(http.get("/ping").status()).isEqualTo(200);
      assertThat(http.get("/stats.json").body())
          .startsWith(
              "{\"torrents\":1,\"activeTorrents\":1,\"peersAll\":1,\"peersSeederOnly\":0,"
                  + "\"peersLeecherOnly\":1,\"peersSeederAndLeecher\":0,\"peersIPv4\":1,"
                  + "\"peersIPv6\":0,\"uptime\":0,")
          .endsWith(",\"clients\":{}}");
      assertThat(http.get("/stats").body()).contains("<tr><th>peersAll</th><td>1</td></tr>");
    }
    Collected _ = tracker.collect();
    List<String> samples = new ArrayList<>();
    tracker.collect(
        (metric, value, labels) ->
            samples.add(metric.fullName() + List.of(labels) + " " + (long) value));
    assertThat(samples)
        .contains(
            "gatehouse_tracker_storage_infohashes_count[] 1",
            "gatehouse_tracker_storage_leechers_count[] 1",
            "gatehouse_tracker_storage_peers[IPv4] 1",
            "gatehouse_tracker_swarms[1] 1",
            "gatehouse_tracker_pending_writes[] 0");
    tracker.close();
  }

  @Test
  void hooksOfTheConfigurationAreAsked() throws Exception {
    Tracker tracker =
        begin(
            BOTH.formatted(port)
                + """
                [[tracker.prehooks]]
                name = "torrent approval"
                [tracker.prehooks.config]
                initial_source = "list"
                [tracker.prehooks.config.configuration]
                hash_list = ["%s"]
                """
                    .formatted("62".repeat(20)));
    try (HttpPeer http = new HttpPeer(port)) {
      assertThat(announce(http, "01234567890123456789", 10001, "left=1"))
          .isEqualTo("d14:failure reason32:torrent not allowed by gatehousee");
    }
    assertThat(tracker.view().preHooks()).containsExactly("torrent approval");
    assertThat(tracker.view().swarms().peers()).isZero();
    assertThat(counters.counter(Metric.TRACKER_HOOK_REFUSALS, "torrent approval", "pre").sum())
        .isEqualTo(1);
    tracker.close();
  }

  @Test
  void anOccupiedPortEndsTheStartAndLeavesNothingBehind() throws Exception {
    try (DatagramSocket other =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
      Tracker tracker = tracker(BOTH.formatted(other.getLocalPort()));
      assertThatThrownBy(tracker::start)
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("tracker.udp 127.0.0.1:" + port);
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      tracker.close();
    }
  }

  @Test
  void whatHasBegunIsAnsweredWhileItDrains() throws Exception {
    Tracker tracker = begin(BOTH.formatted(port));
    try (HttpPeer idle = new HttpPeer(port);
        HttpPeer half = new HttpPeer(port)) {
      idle.get("/scrape");
      half.send("GET /scrape HTTP/1.1\r\n\r\nGET /scr");
      half.receive();
      CompletableFuture<Integer> forced = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> forced.complete(drained(tracker)));
      assertThat(idle.isEnded()).isTrue();
      half.send("ape HTTP/1.1\r\n\r\n");
      assertThat(half.receive().status()).isEqualTo(200);
      assertThat(half.isEnded()).isTrue();
      assertThat(forced.get(5, TimeUnit.SECONDS)).isZero();
    }
    tracker.close();
  }

  private static int drained(Tracker tracker) {
    try {
      return tracker.drain(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void httpsIsSpokenWithTheCertificateOfTheFiles() throws Exception {
    SelfSigned pair = SelfSigned.forLocalhost(folder, Ticker.system().now());
    Tracker tracker = begin(https(pair));
    try (SSLSocket socket = connected(pair, "h2", "http/1.1");
        HttpPeer peer = new HttpPeer(socket)) {
      assertThat(peer.get("/scrape").status()).isEqualTo(200);
      assertThat(peer.get("/scrape").status()).isEqualTo(200);
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
    assertThat(tracker.view().ports().getFirst().protocol()).isEqualTo("https");
    tracker.close();
  }

  @Test
  void whoSpeaksNoTlsOrAnotherProtocolIsSentAway() throws Exception {
    SelfSigned pair = SelfSigned.forLocalhost(folder, Ticker.system().now());
    Tracker tracker = begin(https(pair));
    try (HttpPeer plain = new HttpPeer(port)) {
      plain.send("GET /scrape HTTP/1.1\r\n\r\n");
      assertThat(plain.isEnded()).isTrue();
    }
    try (SSLSocket socket = connected(pair, "h2")) {
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
    tracker.close();
  }

  private String https(SelfSigned pair) {
    return """
    [[tracker.http]]
    addr = "127.0.0.1:%d"
    tls = true
    tls_cert = "%s"
    tls_key = "%s"
    """
        .formatted(port, pair.certificate(), pair.key());
  }

  private SSLSocket connected(SelfSigned pair, String... protocols) throws Exception {
    SSLSocket socket = (SSLSocket) trusting(pair).createSocket("127.0.0.1", port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static SSLSocketFactory trusting(SelfSigned pair) throws Exception {
    KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
    known.load(null, null);
    try (InputStream in = Files.newInputStream(pair.certificate())) {
      known.setCertificateEntry(
          "it", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static String announce(HttpPeer http, String id, int peerPort, String more)
      throws IOException {
    return http.get(
            "/announce?info_hash="
                + HASH
                + "&peer_id="
                + id
                + "&port="
                + peerPort
                + "&uploaded=0&downloaded=0&"
                + more)
        .body();
  }

  private byte[] announceByUdp(DatagramSocket udp, String id, int peerPort) throws IOException {
    byte[] connected = ask(udp, HexFormat.of().parseHex("00000417271019800000000000000055"));
    ByteBuffer announce = ByteBuffer.allocate(98);
    announce.putLong(ByteBuffer.wrap(connected).getLong(8)).putInt(1).putInt(0x55);
    announce.put(HASH.getBytes(ISO_8859_1)).put(id.getBytes(ISO_8859_1));
    announce.putLong(0).putLong(0).putLong(0).putInt(2).putInt(0).putInt(0).putInt(-1);
    announce.putShort((short) peerPort);
    return ask(udp, announce.array());
  }

  private byte[] ask(DatagramSocket udp, byte[] packet) throws IOException {
    udp.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
    DatagramPacket reply = new DatagramPacket(new byte[2048], 2048);
    udp.receive(reply);
    return Arrays.copyOf(reply.getData(), reply.getLength());
  }

  private Tracker begin(String toml) throws Exception {
    Tracker tracker = tracker(toml);
    tracker.start();
    tracker.accept();
    return tracker;
  }

  private Tracker tracker(String toml) {
    TrackerConfig config =
        switch (Configuration.of(root -> TrackerConfig.read(root.section("tracker", "t")))
            .read(ConfigSource.text("gatehouse.toml", toml))) {
          case ConfigResult.Loaded<TrackerConfig> loaded -> loaded.value();
          case ConfigResult.Refused<TrackerConfig> refused ->
              throw new AssertionError(refused.problems());
        };
    Surroundings around =
        new Surroundings(
            loops,
            Admission.OPEN,
            counters,
            Ticker.system(),
            new Random(1),
            Duration.ofSeconds(1),
            folder,
            true);
    CertificateStore certificates =
        new CertificateStore(
            Tracker.SERVICE,
            new CertificateCheck(false, Duration.ofDays(1), false),
            Duration.ofHours(1),
            Engine.best(),
            counters,
            Ticker.system());
    return new Tracker(
        config,
        certificates,
        new OperatorRules(new MemoryRules()),
        around,
        (name, cause) -> {
          throw new AssertionError(name, cause);
        });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
