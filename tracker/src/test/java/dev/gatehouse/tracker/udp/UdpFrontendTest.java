package dev.gatehouse.tracker.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.PartContract;
import dev.gatehouse.tracker.config.ConnectionIdRules;
import dev.gatehouse.tracker.config.LimitRules;
import dev.gatehouse.tracker.config.RequestRules;
import dev.gatehouse.tracker.config.UdpFrontendConfig;
import dev.gatehouse.tracker.flow.Logics;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.request.Sanitizer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UdpFrontendTest extends PartContract {

  private static final LimitRules LIMITS =
      new LimitRules(10, Duration.ofSeconds(10), 0, Duration.ofSeconds(60), Duration.ZERO, 0, 0);

  private static final Endpoint ANY_PORT = new Endpoint(IpAddress.ipv4(0x7f00_0001), 0);
  private static final String CONNECT = "00000417271019800000000000000055";

  @RegisterExtension final LogGuard log = new LogGuard();

  @TempDir Path folder;

  private final EventCounters counters = new EventCounters();

  @Override
  protected Part newPart() {
    return frontend(Optional.of(new Secret("key")), 1);
  }

  @Test
  void aDatagramIsAnsweredByWhicheverWorker() throws Exception {
    UdpFrontend frontend = frontend(Optional.of(new Secret("key")), 2);
    frontend.start();
    frontend.accept();
    for (int i = 0; i < 8; i++) {
      // another source port may be another worker's; the id must be good for all of them
      try (DatagramSocket client = client()) {
        String id = ask(client, frontend, CONNECT).substring(16);
        String scrape = id + "0000000200000055" + "aa".repeat(20);
        assertThat(ask(client, frontend, scrape)).startsWith("0000000200000055");
      }
    }
    frontend.close();
  }

  @Test
  void aKeyIsMadeWhereNoneIsConfigured() throws Exception {
    UdpFrontend frontend = frontend(Optional.empty(), 1);
    frontend.start();
    assertThat(Files.readString(folder.resolve("tracker.key"))).hasSize(33);
    frontend.close();
  }

  @Test
  void idsOfOneRunAreGoodInTheNext() throws Exception {
    String id;
    try (DatagramSocket client = client()) {
      UdpFrontend first = frontend(Optional.empty(), 1);
      first.start();
      first.accept();
      id = ask(client, first, CONNECT).substring(16);
      first.close();
      UdpFrontend second = frontend(Optional.empty(), 1);
      second.start();
      second.accept();
      assertThat(ask(client, second, id + "0000000200000055" + "aa".repeat(20)))
          .startsWith("00000002");
      second.close();
    }
  }

  @Test
  void anAddressIsKnownOnlyWhileItIsBound() throws Exception {
    UdpFrontend frontend = frontend(Optional.of(new Secret("key")), 1);
    assertThat(frontend.boundAddresses()).isEmpty();
    assertThatThrownBy(frontend::boundAddress)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not bound");
    frontend.start();
    assertThat(frontend.boundAddresses()).containsExactly(frontend.boundAddress());
    frontend.close();
    assertThat(frontend.boundAddresses()).isEmpty();
  }

  @Test
  void whoWasRefusedIsInTheTable() throws Exception {
    UdpFrontend frontend = frontend(Optional.of(new Secret("key")), 1);
    frontend.start();
    frontend.accept();
    try (DatagramSocket client = client()) {
      assertThat(ask(client, frontend, "00000000000000000000000100000055"))
          .startsWith("0000000300000055");
    }
    assertThat(frontend.refusals().orElseThrow().tracked()).isEqualTo(1);
    frontend.close();
  }

  @Test
  void anotherKeyLeavesTheIdsOfBeforeGood() throws Exception {
    UdpFrontend frontend = frontend(Optional.of(new Secret("key")), 2);
    frontend.start();
    frontend.accept();
    try (DatagramSocket client = client()) {
      String old = ask(client, frontend, CONNECT).substring(16);
      follow(frontend, "other");
      String scrape = "0000000200000055" + "aa".repeat(20);
      assertThat(ask(client, frontend, old + scrape)).startsWith("00000002");
      String young = ask(client, frontend, CONNECT).substring(16);
      follow(frontend, "third");
      assertThat(ask(client, frontend, old + scrape)).startsWith("00000002");
      assertThat(ask(client, frontend, young + scrape)).startsWith("00000002");
    }
    frontend.close();
  }

  @Test
  void theCountsOfALimitThatStaysStay() throws Exception {
    UdpFrontend frontend = frontend(Optional.of(new Secret("key")), 1);
    frontend.start();
    SlidingWindow counts = frontend.refusals().orElseThrow();
    follow(frontend, "key");
    assertThat(frontend.refusals()).containsSame(counts);
    frontend.follow(
        config(Optional.of(new Secret("key")), 1),
        new LimitRules(0, Duration.ofSeconds(10), 0, Duration.ofSeconds(60), Duration.ZERO, 0, 0),
        Logics.logic(Ticker.system(), counters));
    assertThat(frontend.refusals()).isEmpty();
    frontend.close();
  }

  private void follow(UdpFrontend frontend, String key) throws Exception {
    frontend.follow(
        config(Optional.of(new Secret(key)), 1), LIMITS, Logics.logic(Ticker.system(), counters));
  }

  private static DatagramSocket client() throws Exception {
    DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    client.setSoTimeout(10_000);
    return client;
  }

  private static String ask(DatagramSocket client, UdpFrontend frontend, String hex)
      throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex);
    client.send(
        new DatagramPacket(
            bytes, bytes.length, InetAddress.getLoopbackAddress(), frontend.boundAddress().port()));
    DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
    client.receive(answer);
    return HexFormat.of().formatHex(answer.getData(), 0, answer.getLength());
  }

  private static UdpFrontendConfig config(Optional<Secret> key, int workers) {
    return new UdpFrontendConfig(
        ANY_PORT,
        false,
        workers,
        new ConnectionIdRules(
            ConnectionIdRules.Scheme.SIPHASH,
            key,
            List.of(),
            Duration.ofSeconds(120),
            Duration.ofSeconds(10),
            true),
        1400,
        65_536,
        new RequestRules(false, new Sanitizer(false, 100, 50, 50), Optional.empty()));
  }

  private UdpFrontend frontend(Optional<Secret> key, int workers) {
    Surroundings around =
        new Surroundings(
            new EventLoops(Transport.NIO),
            Admission.OPEN,
            counters,
            Ticker.system(),
            new Random(1),
            Duration.ofSeconds(1),
            folder,
            true);
    return new UdpFrontend(
        config(key, workers),
        LIMITS,
        Logics.logic(Ticker.system(), counters),
        around,
        (_, cause) -> {
          throw new AssertionError(cause);
        });
  }
}
