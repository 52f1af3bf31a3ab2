package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Connections that have nothing to say cost no processor time. */
@Timeout(120)
@Isolated // it measures
class SpinTest {

  /** A loop that spins takes all of them; the JVM's own clocks take 2 or 3 percent. */
  private static final int QUIET_PERCENT = 6;

  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final int LARGE = 300 * 1024;

  private static final String CONFIGURATION =
      """
      [ops]
      [proxy]
      [[proxy.listeners]]
      addr = "127.0.0.1:443"
      """
          + Host.routes();

  @TempDir private Path folder;

  /** Netty repeats the end of input for as long as nobody reads. */
  @Test
  void aHalfClosedPairIsQuiet() throws Exception {
    try (Host host = new Host(folder, CONFIGURATION);
        Client copied = host.connect("127.0.0.2");
        Client spliced = host.connect("127.0.0.2")) {
      flooded(copied, 1);
      flooded(spliced, LARGE);
      copied.finish();
      spliced.finish();
      assertQuiet(host, "two half-closed pairs whose backend cannot send");
      assertThat(host.metrics().sum("gatehouse_proxy_connections")).isEqualTo(2);
    }
  }

  @Test
  void aClientThatFinishedBeforeItsBackendIsQuiet() throws Exception {
    try (Host host = new Host(folder, CONFIGURATION);
        BackendServer _ = BackendServer.start(host.inside(), 8009, SpinTest::neverAnswer);
        Client copied = host.connect("127.0.0.2");
        Client spliced = host.connect("127.0.0.2")) {
      byte[] hello = HelloBytes.named("nobody.example");
      copied.send(hello).finish();
      spliced.send(hello).send(new byte[LARGE]).finish();
      Await.until(
          "one is spliced", () -> host.metrics().sum("gatehouse_proxy_spliced_connections") == 1);
      assertQuiet(host, "two clients that finished and wait for an answer");
      assertThat(host.metrics().sum("gatehouse_proxy_connections")).isEqualTo(2);
    }
  }

  @Test
  void idleConnectionsAreQuiet() throws Exception {
    List<Client> clients = new ArrayList<>();
    try (Host host = new Host(folder, CONFIGURATION)) {
      for (int i = 0; i < 500; i++) {
        Client client = host.echoed("127.0.0.2");
        clients.add(client);
        if (i % 10 == 0) {
          client.send(new byte[LARGE / 2]).read(LARGE / 2);
        }
      }
      assertThat(host.metrics().sum("gatehouse_proxy_spliced_connections")).isEqualTo(50);
      assertQuiet(host, "500 idle connections, 50 of them spliced");
      assertThat(host.metrics().sum("gatehouse_proxy_connections")).isEqualTo(500);
      for (Client client : clients) {
        client.close();
      }
    }
  }

  /** Reads so much of what the backend never stops sending, and then nothing. */
  private static void flooded(Client client, int bytes) throws Exception {
    client.send(HelloBytes.named("flood.example")).read(bytes);
  }

  /** Takes all and says nothing, also when the other side has said all. */
  private static void neverAnswer(BackendServer server, SocketChannel connection)
      throws IOException {
    BackendServer.record(server, connection);
    new CompletableFuture<>().join();
  }

  /** Compilers may still be at work on what came before; a loop that spins never stops. */
  private static void assertQuiet(Host host, String what) throws Exception {
    Await.until(
        what + " are quiet", Duration.ofSeconds(20), () -> percent(host, what) <= QUIET_PERCENT);
  }

  private static long percent(Host host, String what) {
    long percent = host.figures().percentOfProcessor(WINDOW);
    System.out.printf("%s: %d %% of a processor%n", what, percent);
    return percent;
  }
}
