package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Who asks for more than their share is reset and counted, and the others get theirs. */
@Timeout(120)
@Isolated // it measures
class FloodTest {

  private static final String NEIGHBOUR = "127.0.0.3";
  private static final String FLOODER = "127.0.0.2";
  private static final String TRUSTED = "127.0.0.9";

  private static final String LISTENER =
      """
      [ops]
      [proxy]
      [[proxy.listeners]]
      addr = "127.0.0.1:443"
      """;

  private static final String BEHIND_PROXY =
      LISTENER
          + """
          proxy_protocol = true
          trusted_proxies = ["127.0.0.9/32"]
          """
          + Host.routes();

  @TempDir private Path folder;

  @Test
  void aFloodFromOneAddressIsResetFromTheLimitOn() throws Exception {
    int flood = 4000;
    int limit = 100;
    String firewall = "[firewall]\nrate_limit = %d\nrate_window = \"1h\"\n".formatted(limit);
    try (Host host = new Host(folder, firewall + LISTENER + Host.routes())) {
      List<Future<Boolean>> served = new ArrayList<>();
      for (int i = 0; i < flood; i++) {
        served.add(host.inside().submit(() -> isServed(FLOODER, new byte[0])));
        if (i % 500 == 0) {
          assertThat(host.isServed(NEIGHBOUR)).isTrue();
        }
      }
      int admitted = 0;
      for (Future<Boolean> each : served) {
        admitted += each.get() ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(limit);
      assertThat(blocked(host, "rate_limit")).isEqualTo(flood - limit);
      assertThat(host.daemon().remarks()).isEmpty();
      assertThat(host.isServed(NEIGHBOUR)).isTrue();
    }
  }

  /** What was refused does not count, so knocking on does no harm. */
  @Test
  void whoFloodedRecoversWhileItStillKnocks() throws Exception {
    String firewall = "[firewall]\nrate_limit = 5\nrate_window = \"1s\"\n";
    try (Host host = new Host(folder, firewall + LISTENER + Host.routes())) {
      Await.until("it is refused", () -> !host.isServed(FLOODER));
      Await.until("it is served again", () -> host.isServed(FLOODER));
    }
  }

  @Test
  void aFullListenerResetsTheNextUntilOneGoes() throws Exception {
    String limit = "max_connections = 3\n";
    try (Host host = new Host(folder, LISTENER + limit + Host.routes());
        Client first = host.echoed("127.0.0.2");
        Client _ = host.echoed("127.0.0.3");
        Client silent = host.connect("127.0.0.4")) {
      assertThat(host.isServed("127.0.0.5")).isFalse();
      assertThat(host.metrics().sum("gatehouse_listener_refused_total", "\"listener_limit\""))
          .isEqualTo(1);
      first.finish().end();
      Await.until("a place is free", () -> host.isServed("127.0.0.5"));
      silent.send(HelloBytes.named("echo.example"));
      assertThat(silent.read(1)).as("who had its place has it still").hasSize(1);
    }
  }

  @Test
  void oneAddressHoldsNoMoreThanItsShare() throws Exception {
    String firewall = "[firewall]\nmax_connections_per_address = 2\n";
    try (Host host = new Host(folder, firewall + LISTENER + Host.routes());
        Client first = host.echoed(FLOODER);
        Client _ = host.echoed(FLOODER)) {
      assertThat(host.isServed(FLOODER)).isFalse();
      assertThat(host.isServed(NEIGHBOUR)).isTrue();
      assertThat(host.metrics().sum("gatehouse_listener_refused_total", "\"address_limit\""))
          .isEqualTo(1);
      first.reset();
      Await.until("a place is free", () -> host.isServed(FLOODER));
      assertThat(host.daemon().remarks()).isEmpty();
    }
  }

  /** Behind a proxy a share is that of the client, and never that of the proxy. */
  @Test
  void aProxyIsNotSlowedDownForItsClients() throws Exception {
    String firewall = "[firewall]\nrate_limit = 2\nrate_window = \"1h\"\n";
    try (Host host = new Host(folder, firewall + BEHIND_PROXY)) {
      for (int client = 1; client < 100; client++) {
        assertThat(isRelayed(host, "198.18.0." + client)).as("client %d", client).isTrue();
      }
      assertThat(isRelayed(host, "198.18.0.1")).isTrue();
      assertThat(isRelayed(host, "198.18.0.1")).isFalse();
      assertThat(blocked(host, "rate_limit")).isEqualTo(1);
    }
  }

  @Test
  void aProxyMayHoldAShareForEachOfItsClients() throws Exception {
    String firewall = "[firewall]\nmax_connections_per_address = 1\n";
    List<Client> held = new ArrayList<>();
    try (Host host = new Host(folder, firewall + BEHIND_PROXY)) {
      byte[] hello = HelloBytes.named("echo.example");
      for (int i = 1; i < 50; i++) {
        Client client = host.connect(TRUSTED);
        held.add(client);
        client.send(header("198.18.0." + i)).send(hello).read(hello.length);
      }
      assertThat(isRelayed(host, "198.18.0.1")).isFalse();
      assertThat(isRelayed(host, "198.18.0.50")).isTrue();
      assertThat(host.metrics().sum("gatehouse_listener_refused_total", "\"address_limit\""))
          .isEqualTo(1);
      for (Client client : held) {
        client.close();
      }
    }
  }

  /** Neither a way out of a block nor a way to have somebody else blocked. */
  @Test
  void aHeaderOfAStrangerChangesNothing() throws Exception {
    String firewall =
        "[firewall]\nblocked_ips = [\"198.18.0.66\"]\nrate_limit = 1\nrate_window = \"1h\"\n";
    try (Host host = new Host(folder, firewall + BEHIND_PROXY)) {
      for (int i = 0; i < 20; i++) {
        assertThat(host.inside().call(() -> isServed(FLOODER, header("198.18.0.7")))).isFalse();
      }
      assertThat(host.metrics().sum("gatehouse_proxy_protocol_errors_total", "\"untrusted\""))
          .isEqualTo(20);
      assertThat(isRelayed(host, "198.18.0.7")).as("the one who was named").isTrue();
      assertThat(isRelayed(host, "198.18.0.66")).isFalse();
      assertThat(blocked(host, "ip")).isEqualTo(1);
      assertThat(blocked(host, "rate_limit")).isZero();
    }
  }

  private static boolean isRelayed(Host host, String client) throws Exception {
    return host.inside().call(() -> isServed(TRUSTED, header(client)));
  }

  private static byte[] header(String client) {
    return HostileHeaders.text("PROXY TCP4 " + client + " 127.0.0.1 1024 443\r\n");
  }

  /** Whether the hello behind these bytes came back; for threads that are inside. */
  private static boolean isServed(String from, byte[] header) throws Exception {
    byte[] hello = HelloBytes.named("echo.example");
    try (Client client = Client.connect(from, Host.PORT)) {
      Client.Ending ending = client.send(header).send(hello).finish().end();
      assertThat(ending.received()).hasSize(ending.reset() ? 0 : hello.length);
      return !ending.reset();
    }
  }

  private static double blocked(Host host, String reason) {
    return host.metrics().sum("gatehouse_firewall_blocked_total", "reason=\"" + reason + "\"");
  }
}
