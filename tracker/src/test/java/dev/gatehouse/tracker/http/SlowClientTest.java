package dev.gatehouse.tracker.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.ListenerSettings;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.tracker.flow.Action;
import dev.gatehouse.tracker.flow.Logics;
import dev.gatehouse.tracker.flow.Meter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that asks and asks and reads nothing. */
@Timeout(60)
class SlowClientTest {

  private static final int REQUESTS = 200_000;
  private static final byte[] REQUEST = "GET /stats HTTP/1.1\r\n\r\n".getBytes(US_ASCII);

  @RegisterExtension final LogGuard log = new LogGuard();

  private final EventLoops loops = new EventLoops(Transport.NIO);
  private final EventCounters counters = new EventCounters();

  @BeforeEach
  void start() {
    loops.start();
  }

  @AfterEach
  void stop() {
    loops.close();
  }

  @Test
  void getsNoFurtherThanItReads() throws Exception {
    Listener listener = listener();
    listener.start();
    listener.accept();
    try (Socket client = new Socket()) {
      client.setReceiveBufferSize(4096);
      client.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.boundAddress().port()));
      flood(client);
      // an answer is a megabyte: what the kernel holds of them is far from all that was asked
      assertThat(answered()).isLessThan(100);
    }
    listener.close();
  }

  /** Asks until the other side has had enough of it and closes. */
  private static void flood(Socket client) {
    try {
      for (int i = 0; i < REQUESTS; i++) {
        client.getOutputStream().write(REQUEST);
      }
    } catch (SocketException closed) {
      // the time for writing an answer was over
      assertThat(closed).isNotNull();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private long answered() {
    return counters.counter(Metric.TRACKER_REQUESTS, "l", "http", "stats", "IPv4", "").sum();
  }

  private Listener listener() {
    HttpTerms terms =
        new HttpTerms(
            HttpConfigs.of("stats_routes = [\"/stats\"]\nwrite_timeout = \"500ms\""),
            new RouteTable(HttpConfigs.of("stats_routes = [\"/stats\"]").routes()),
            new RealIp(HttpConfigs.of(""), counters, Ticker.system()),
            Firewall.OPEN,
            new Meter("l", "http", false, EnumSet.noneOf(Action.class), counters),
            Ticker.system(),
            () -> false,
            () -> CompletableFuture.completedStage(true),
            new StatsPage() {
              @Override
              public String json() {
                return html();
              }

              @Override
              public String html() {
                return "x".repeat(1 << 20);
              }
            },
            Duration.ZERO,
            new HttpTerms.Workers(4096));
    HttpRequests requests = new HttpRequests(terms, Logics.logic(Ticker.system(), counters));
    return new Listener(
        new ListenerSettings(
            "tracker.http", "tracker", HttpConfigs.of("").address(), 16, 0, Duration.ofMillis(100)),
        loops,
        Admission.OPEN,
        counters,
        channel ->
            channel
                .pipeline()
                .addLast(HttpConnection.NAME, new HttpConnection(terms, () -> requests)),
        (_, cause) -> {
          throw new AssertionError(cause);
        });
  }
}
