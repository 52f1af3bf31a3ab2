package dev.gatehouse.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.app.edge.EdgeStore;
import dev.gatehouse.app.operation.ConfigSupply;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.control.ServerView;
import dev.gatehouse.kernel.lifecycle.LifeCycleException;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole daemon inside this JVM, started and stopped in an empty folder. */
class GatehouseTest {

  @TempDir private Path folder;

  @Test
  void startsServesAndLeavesNothingBehind() throws Exception {
    int port = freePort();
    Gatehouse gatehouse = gatehouse(configuration(port));
    assertThat(states(gatehouse)).containsOnly(ServiceState.STARTING);
    gatehouse.start();
    try {
      assertThat(states(gatehouse)).containsOnly(ServiceState.SERVING);
      assertThat(gatehouse.status().listeners())
          .extracting(ServerView.Listening::address)
          .contains("127.0.0.1:" + port, folder.resolve("control.sock").toString());
    } finally {
      gatehouse.close();
    }
    assertThat(states(gatehouse)).containsOnly(ServiceState.DRAINING);
    assertThat(folder.resolve("control.sock")).doesNotExist();
    try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(again.isBound()).isTrue();
    }
  }

  @Test
  void aPortInUseTakesEverythingDownAgain() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Gatehouse gatehouse = gatehouse(configuration(taken.getLocalPort()));
      assertThatExceptionOfType(LifeCycleException.class)
          .isThrownBy(gatehouse::start)
          .withCauseInstanceOf(ListenException.class);
    }
    assertThat(folder.resolve("control.sock")).doesNotExist();
  }

  @Test
  void theFirewallGuardsTheServicesAndLetsOperatorsIn() throws Exception {
    int ops = freePort();
    int door = freePort();
    String services =
        """
        [firewall]
        blocked_ips = ["127.0.0.1"]
        [[proxy.listeners]]
        addr = "127.0.0.1:%d"
        [[proxy.listeners.routes]]
        hostname = "www.example.org"
        mode = "l4"
        backend = "127.0.0.1:9"
        """
            .formatted(door);
    Gatehouse gatehouse = gatehouse(configuration(ops, services));
    gatehouse.start();
    try {
      assertThatThrownBy(() -> firstByte(door, "\u0016")).isInstanceOf(SocketException.class);
      assertThat(firstByte(ops, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")).isEqualTo('H');
    } finally {
      gatehouse.close();
    }
  }

  @Test
  void theRelayRunsBesideTheOthersWhereItIsConfigured() throws Exception {
    int relay = freePort();
    String services = "[relay]\ninsecure_listen = \"127.0.0.1:%d\"\n".formatted(relay);
    Gatehouse gatehouse = gatehouse(configuration(freePort(), services));
    gatehouse.start();
    try {
      assertThat(firstByte(relay, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")).isEqualTo('H');
      assertThat(gatehouse.status().listeners())
          .contains(new ServerView.Listening("relay", "tcp", "127.0.0.1:" + relay));
      assertThat(gatehouse.status().services())
          .contains(new ServerView.Service("relay", ServiceState.SERVING, List.of()));
    } finally {
      gatehouse.close();
    }
  }

  @Test
  void aRelayThatStillOrdersItsCertificateIsNotReady() throws Exception {
    int ops = freePort();
    String services =
        """
        [relay]
        domain = "relay.example.org"
        https_listen = "127.0.0.1:%d"
        http_listen = "127.0.0.1:%d"
        cert_cache = "%s"
        acme_directory = "http://127.0.0.1:%d/nobody"
        """
            .formatted(freePort(), freePort(), folder.resolve("certs"), freePort());
    Gatehouse gatehouse = gatehouse(configuration(ops, services));
    gatehouse.start();
    try {
      assertThat(page(ops, "/readyz"))
          .isEqualTo("{\"ready\":false,\"waiting_for\":[\"relay: certificate\"]}");
    } finally {
      gatehouse.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void timesOfRequestsAreShownUnlessTheyAreSwitchedOff(boolean wanted) throws Exception {
    int ops = freePort();
    SelfSigned pair = SelfSigned.forLocalhost(folder, Ticker.system().now());
    String services =
        """
        request_timing = %s
        [[proxy.listeners]]
        addr = "127.0.0.1:%d"
        [[proxy.listeners.routes]]
        hostname = "localhost"
        mode = "l7"
        backend = "127.0.0.1:9"
        tls_cert = "%s"
        tls_key = "%s"
        """
            .formatted(wanted, freePort(), pair.certificate(), pair.key());
    Gatehouse gatehouse = gatehouse(configuration(ops, services));
    gatehouse.start();
    try {
      String metrics = page(ops, "/metrics");
      assertThat(metrics).contains("gatehouse_proxy_dial_duration_seconds_count");
      assertThat(metrics.contains("gatehouse_proxy_request_duration_seconds_count"))
          .isEqualTo(wanted);
    } finally {
      gatehouse.close();
    }
  }

  private static String page(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  private static int firstByte(int port, String sent) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(10_000);
      client.getOutputStream().write(sent.getBytes(ISO_8859_1));
      return client.getInputStream().read();
    }
  }

  /** Of the services that are on. */
  private static List<ServiceState> states(Gatehouse gatehouse) {
    return gatehouse.status().services().stream()
        .map(ServerView.Service::state)
        .filter(state -> state != ServiceState.OFF)
        .toList();
  }

  private Gatehouse gatehouse(Loaded<GatehouseConfig> config) throws StoreException {
    Ruleset ruleset = config.value().ruleset();
    EdgeStore edge = EdgeStore.open(folder, ruleset, ruleset, Ticker.system().now());
    ConfigSupply supply = new ConfigSupply(Optional.of(folder.resolve("gatehouse.toml")), Map.of());
    return new Gatehouse(config, supply, edge, new BootReport(List.of()), Ticker.system());
  }

  private Loaded<GatehouseConfig> configuration(int port) throws IOException {
    return configuration(port, "[watch]\n");
  }

  private Loaded<GatehouseConfig> configuration(int port, String services) throws IOException {
    String toml =
        """
        [ops]
        listen = "127.0.0.1:%d"
        state = "%s"
        """
                .formatted(port, folder)
            + services;
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("gatehouse.toml"), toml);
    return switch (ConfigFile.configuration().read(ConfigSource.text("gatehouse.toml", toml))) {
      case Loaded<GatehouseConfig> loaded -> loaded;
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }
}
