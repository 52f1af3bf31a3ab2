package dev.gatehouse.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.tracker.flow.Logic;
import dev.gatehouse.tracker.flow.Logics;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ExtendWith(LeakGuard.class)
class HttpFrontendTest {

  private static final String INTERVALS = "8:intervali1800e12:min intervali900e";

  @RegisterExtension final LogGuard log = new LogGuard();

  private final EventLoops loops = new EventLoops(Transport.NIO);
  private final EventCounters counters = new EventCounters();
  private Firewall firewall = Firewall.OPEN;
  private boolean healthy = true;
  private Optional<HttpFrontend> running = Optional.empty();

  @BeforeEach
  void startLoops() {
    loops.start();
  }

  @AfterEach
  void stop() {
    running.ifPresent(HttpFrontend::close);
    loops.close();
  }

  @Test
  void anAnnounceIsAnswered() throws Exception {
    try (HttpPeer peer = begin("")) {
      HttpPeer.Reply reply = peer.get(announce("aaaaaaaaaaaa", 6881, 9));
      assertThat(reply.head())
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
                  + "Content-Length: "
                  + reply.body().length()
                  + "\r\n\r\n");
      assertThat(reply.body())
          .isEqualTo(
              "d8:completei0e10:incompletei1e" + INTERVALS + "5:peers6:\u007f\0\0\1\u001a\u00e1e");
      assertThat(peer.get(announce("bbbbbbbbbbbb", 6882, 0) + "&compact=0").body())
          .isEqualTo(
              "d8:completei1e10:incompletei1e"
                  + INTERVALS
                  + "5:peersld2:ip9:127.0.0.17:peer id20:-TR3000-aaaaaaaaaaaa4:porti6881eeee");
    }
  }

  @Test
  void aScrapeIsAnswered() throws Exception {
    try (HttpPeer peer = begin("")) {
      peer.get(announce("aaaaaaaaaaaa", 6881, 0));
      assertThat(
              peer.get(
                      "/scrape?info_hash=bbbbbbbbbbbbbbbbbbbb&info_hash=aaaaaaaaaaaaaaaaaaaa"
                          + "&info_hash=short")
                  .body())
          .isEqualTo(
              "d5:filesd20:aaaaaaaaaaaaaaaaaaaad8:completei1e10:downloadedi0e10:incompletei0ee"
                  + "20:bbbbbbbbbbbbbbbbbbbbd8:completei0e10:downloadedi0e10:incompletei0eeee");
      assertThat(peer.get("/scrape").body())
          .isEqualTo("d14:failure reason21:no info hash suppliede");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'/announce', no info hash supplied",
    "'/announce?event=x', unknown event",
    "'/announce?info_hash=aaaaaaaaaaaaaaaaaaaa', peer ID invalid or not provided",
  })
  void aRequestThatIsWrongIsToldWhy(String target, String reason) throws Exception {
    try (HttpPeer peer = begin("")) {
      HttpPeer.Reply reply = peer.get(target);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body())
          .isEqualTo("d14:failure reason" + reason.length() + ":" + reason + "e");
    }
  }

  @Test
  void requestsOfOneConnectionAreAnsweredInOrder() throws Exception {
    try (HttpPeer peer = begin("")) {
      StringBuilder pipelined = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        pipelined
            .append("GET /scrape?info_hash=")
            .append("%020d".formatted(i))
            .append(" HTTP/1.1\r\n\r\n");
      }
      peer.send(pipelined.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(peer.receive().body()).contains("20:%020dd8".formatted(i));
      }
    }
  }

  @Test
  void aRequestMayComeByteByByte() throws Exception {
    try (HttpPeer peer = begin("")) {
      String request = "GET /scrape HTTP/1.1\r\nA: b\r\n\r\n";
      for (int i = 0; i < request.length(); i++) {
        peer.send(request.substring(i, i + 1));
      }
      assertThat(peer.receive().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /scrape HTTP/1.0\r\nUser-Agent: ctorrent\r\n\r\n",
        "GET /scrape HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /scrape HTTP/1.1\r\nConnection: x, Close\r\n\r\n",
      })
  void aConnectionEndsWhenTheClientWantsIt(String request) throws Exception {
    try (HttpPeer peer = begin("")) {
      peer.send(request);
      assertThat(peer.receive().head()).contains("Connection: close\r\n");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void anOldClientMayKeepItsConnection() throws Exception {
    try (HttpPeer peer = begin("")) {
      peer.send("GET /scrape HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(peer.receive().head()).contains("Connection: keep-alive\r\n");
      assertThat(peer.get("/scrape").status()).isEqualTo(200);
    }
  }

  @Test
  void connectionsAreNotKeptIfSaidSo() throws Exception {
    try (HttpPeer peer = begin("keepalive = false")) {
      assertThat(peer.get("/scrape").head()).contains("Connection: close\r\n");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void connectionsAreNotKeptWhereTheyAreMany() throws Exception {
    try (HttpPeer peer = begin("max_connections = 1")) {
      assertThat(peer.get("/scrape").head()).contains("Connection: close\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET /nowhere HTTP/1.1\r\n\r\n', 404, 404 Page not found",
    "'POST /announce HTTP/1.1\r\n\r\n', 405, ''",
    "'GARBAGE\r\n\r\n', 400, Error when parsing request",
    "'GET / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx', 400, Error when parsing request",
    "'GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n', 400, Error when parsing request",
  })
  void whatIsNoRequestOfATrackerHasAStatus(String request, int status, String body)
      throws Exception {
    try (HttpPeer peer = begin("")) {
      peer.send(request);
      HttpPeer.Reply reply = peer.receive();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.body()).isEqualTo(body);
      assertThat(reply.head().contains("Allow: GET, HEAD\r\n")).isEqualTo(status == 405);
      assertThat(
              counters
                  .counter(
                      Metric.TRACKER_REQUESTS,
                      "127.0.0.1:0",
                      "http",
                      "unknown",
                      "Unknown",
                      String.valueOf(status))
                  .sum())
          .isEqualTo(1);
    }
  }

  @Test
  void aHeadThatIsTooLongIsRefused() throws Exception {
    try (HttpPeer peer = begin("max_header_size = \"4KiB\"")) {
      peer.send("GET /" + "a".repeat(5000));
      assertThat(peer.receive().body()).isEqualTo("Too big request header");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void aHeadThatTakesTooLongIsToldSo() throws Exception {
    try (HttpPeer peer = begin("read_timeout = \"100ms\"")) {
      peer.send("GET /");
      assertThat(peer.receive().body()).isEqualTo("Request timeout");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    try (HttpPeer peer = begin("read_timeout = \"100ms\"")) {
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void aConnectionThatIsNotUsedIsClosed() throws Exception {
    try (HttpPeer peer = begin("idle_timeout = \"100ms\"")) {
      assertThat(peer.get("/scrape").status()).isEqualTo(200);
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void pingTellsWhetherAllIsWell() throws Exception {
    try (HttpPeer peer = begin("ping_routes = [\"ping\"]")) {
      assertThat(peer.get("/ping").status()).isEqualTo(200);
      healthy = false;
      assertThat(peer.get("/ping").status()).isEqualTo(503);
      peer.send("HEAD /ping HTTP/1.1\r\n\r\n");
      assertThat(peer.head()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void headIsGetWithoutItsBody() throws Exception {
    try (HttpPeer peer = begin("")) {
      peer.send("HEAD /scrape HTTP/1.1\r\n\r\n");
      assertThat(peer.head()).contains("Content-Length: 43\r\n");
      assertThat(peer.get("/scrape").body()).hasSize(43);
    }
  }

  @Test
  void statsAreForPeopleAndTools() throws Exception {
    try (HttpPeer peer = begin("stats_routes = [\"/stats\", \"/stats.json\"]")) {
      assertThat(peer.get("/stats").head()).contains("text/html");
      assertThat(peer.get("/stats.json").body()).isEqualTo("{}");
      peer.send("GET /stats HTTP/1.1\r\nAccept: application/json\r\n\r\n");
      assertThat(peer.receive().head()).contains("application/json");
    }
  }

  @Test
  void aTrustedProxyNamesTheClient() throws Exception {
    String config = "real_ip_header = \"X-Real-IP\"\ntrusted_proxies = [\"127.0.0.0/8\"]";
    try (HttpPeer peer = begin(config)) {
      String target = announce("aaaaaaaaaaaa", 1, 1) + "&compact=0";
      peer.send("GET " + target + " HTTP/1.1\r\nX-Real-IP: 9.9.9.9\r\n\r\n");
      assertThat(peer.receive().body()).contains("2:ip7:9.9.9.9");
      peer.send("GET " + target + " HTTP/1.1\r\nX-Real-IP: unknown\r\n\r\n");
      assertThat(peer.receive().body()).isEqualTo("d14:failure reason10:invalid IPe");
    }
  }

  @Test
  void theFirewallIsAskedAboutWhomAProxyNames() throws Exception {
    firewall =
        new Firewall() {
          @Override
          public Optional<Reason> blockedWithReason(IpAddress client) {
            return Optional.empty();
          }

          @Override
          public Optional<Reason> blockedByRule(IpAddress client) {
            return Optional.of(Reason.IP).filter(_ -> client.low() == 0x0909_0909);
          }
        };
    String config = "real_ip_header = \"X-Real-IP\"\ntrusted_proxies = [\"127.0.0.0/8\"]";
    try (HttpPeer peer = begin(config)) {
      String head = " HTTP/1.1\r\nX-Real-IP: 9.9.9.9\r\n\r\n";
      peer.send("GET " + announce("aaaaaaaaaaaa", 1, 1) + head);
      assertThat(peer.receive().status()).isEqualTo(403);
      assertThat(peer.get(announce("aaaaaaaaaaaa", 1, 1)).status()).isEqualTo(200);
    }
  }

  @Test
  void claimedAddressesAreBelievedOnlyIfSaidSo() throws Exception {
    String target = announce("aaaaaaaaaaaa", 1, 1) + "&compact=0&ip=9.9.9.9&ipv6=2a00::1";
    try (HttpPeer peer = begin("")) {
      assertThat(peer.get(target).body()).doesNotContain("9.9.9.9").contains("127.0.0.1");
    }
    try (HttpPeer peer = begin("allow_ip_spoofing = true\nfilter_private_ips = true")) {
      assertThat(peer.get(target).body())
          .contains("9.9.9.9")
          .contains("2a00::1")
          .doesNotContain("127.0.0.1");
    }
  }

  @Test
  void aHookSeesQueryHeaderAndPath() throws Exception {
    List<String> seen = new ArrayList<>();
    CompletableFuture<HookVerdict> verdict = new CompletableFuture<>();
    Hook hook =
        new Hook() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public HookVerdict announce(
              HookContext context, AnnounceRequest request, AnnounceReply reply) {
            seen.add(request.parameters().query("key").orElseThrow().toString());
            seen.add(request.parameters().header("Authorization").orElse(""));
            seen.add(request.parameters().route("passkey"));
            seen.add(String.valueOf(request.numWantProvided()));
            return new HookVerdict.Later(verdict);
          }
        };
    String config = "announce_routes = [\"/{passkey}/announce\"]";
    try (HttpPeer peer = begin(config, Logics.logic(Ticker.system(), counters, hook))) {
      String target = "/s3cret" + announce("aaaaaaaaaaaa", 1, 1) + "&key=%01";
      peer.send("GET " + target + " HTTP/1.1\r\nAuthorization: Bearer x\r\n\r\n");
      Await.until("the hook was asked", () -> seen.size() == 4);
      assertThat(seen).containsExactly("01", "Bearer x", "s3cret", "false");
      verdict.complete(new HookVerdict.Passed(HookContext.EMPTY));
      assertThat(peer.receive().body()).contains("10:incompletei1e");
      assertThat(peer.get("/nowhere").status()).isEqualTo(404);
    }
  }

  @Test
  void whoAsksTooOftenIsToldWhenToComeAgain() throws Exception {
    SlidingWindow limit = new SlidingWindow(1, Duration.ofSeconds(60), 10, Ticker.system().nanos());
    Logic logic = Logics.logic(Ticker.system(), counters, Optional.of(limit));
    try (HttpPeer peer = begin("", logic)) {
      String scrape = "/scrape?info_hash=aaaaaaaaaaaaaaaaaaaa";
      peer.get(scrape);
      assertThat(peer.get(scrape).body())
          .isEqualTo("d14:failure reason22:request limit exceeded8:retry ini5ee");
    }
  }

  @Test
  void nothingThatAClientSendsMakesASeries() throws Exception {
    try (HttpPeer peer = begin("")) {
      List<String> before = series();
      String hostile = "%22%0a%7b%ff";
      for (String key : List.of("info_hash", "peer_id", "event", "port", "left", "compact")) {
        peer.get("/announce?" + key + "=" + hostile);
        peer.get("/scrape?" + key + "=" + hostile);
      }
      assertThat(series()).allMatch(line -> !line.contains("{") && !line.contains("\n"));
      assertThat(series().size() - before.size()).isLessThan(10);
    }
  }

  /** A page of each kind. */
  private static final class Page implements StatsPage {
    @Override
    public String json() {
      return "{}";
    }

    @Override
    public String html() {
      return "<p>";
    }
  }

  private List<String> series() {
    List<String> series = new ArrayList<>();
    counters.collect((metric, _, labels) -> series.add(metric + String.join(",", labels)));
    return series;
  }

  private static String announce(String id, int port, int left) {
    return ("/announce?info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=-TR3000-%s&port=%d"
            + "&uploaded=0&downloaded=0&left=%d")
        .formatted(id, port, left);
  }

  @Test
  void whatIsServedIsCountedFromZeroAndNothingElse() throws Exception {
    begin("ping_routes = [\"/ping\"]\n").close();
    Set<String> actions = new TreeSet<>();
    counters.collect(
        (metric, _, labels) -> {
          if (metric == Metric.TRACKER_REQUESTS) {
            actions.add(labels[2]);
          }
        });
    assertThat(actions).containsExactly("announce", "ping", "scrape");
  }

  private HttpPeer begin(String config) throws Exception {
    return begin(config, Logics.logic(Ticker.system(), counters));
  }

  private HttpPeer begin(String config, Logic logic) throws Exception {
    Surroundings around =
        new Surroundings(
            loops,
            new Admission(Admission.AddressLimit.NONE, firewall),
            counters,
            Ticker.system(),
            new Random(1),
            Duration.ofSeconds(1),
            Path.of("unused"),
            true);
    CertificateStore none =
        new CertificateStore(
            "tracker",
            new CertificateCheck(false, Duration.ofDays(1), false),
            Duration.ofHours(1),
            Engine.JDK,
            counters,
            Ticker.system());
    HttpFrontend.Pages pages =
        new HttpFrontend.Pages(new Page(), () -> CompletableFuture.completedStage(healthy));
    running.ifPresent(HttpFrontend::close);
    HttpFrontend frontend =
        new HttpFrontend(
            HttpConfigs.of(config),
            logic,
            pages,
            Duration.ofMinutes(5),
            none,
            around,
            (_, _) -> {});
    frontend.start();
    frontend.accept();
    running = Optional.of(frontend);
    return new HttpPeer(frontend.listener().boundAddress().port());
  }
}
