package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Client.Ending;
import dev.gatehouse.e2e.HostileHellos.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The front door reads whatever it is sent: a good hello arrives at its backend as it was, all else
 * is reset without a byte, and nothing that is wrong is taken for a hello without a name.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HostileHelloTest {

  private static final int PORT = 443;

  /** Whoever has no route of their own, or no name, would end at the trap. */
  private static final String CONFIGURATION =
      """
      [ops]
      [proxy]
      hello_timeout = "3s"
      [[proxy.listeners]]
      addr = "127.0.0.1:443"
      default_route = "trap.example"
      no_sni_route = "trap.example"
      routes = [
        { hostname = "*.example.org", backend = "127.0.0.1:8001" },
        { hostname = "*.example", backend = "127.0.0.1:8001" },
        { hostname = "trap.example", backend = "127.0.0.1:8002" },
      ]
      """;

  @TempDir private static Path folder;
  private Namespace host;
  private Insiders inside;
  private BackendServer named;
  private BackendServer trap;
  private Daemon daemon;

  @BeforeAll
  void start() throws Exception {
    host = Namespace.create(folder);
    inside = Insiders.of(host, 1);
    named = BackendServer.start(inside, 8001, BackendServer::record);
    trap = BackendServer.start(inside, 8002, BackendServer::record);
    daemon = Daemon.start(host, folder, CONFIGURATION);
  }

  @AfterAll
  void stop() throws Exception {
    daemon.close();
    named.close();
    trap.close();
    inside.close();
    host.close();
  }

  @ParameterizedTest
  @MethodSource("dev.gatehouse.e2e.HostileHellos#rows")
  void aHello(HostileHellos.Row row) throws Exception {
    Metrics before = Metrics.of(daemon);
    for (List<byte[]> stimulus : row.stimuli()) {
      send(row.outcome(), stimulus);
    }
    Metrics after = Metrics.of(daemon);
    assertThat(outcomes(before, after))
        .isEqualTo(Map.of(row.outcome(), (long) row.stimuli().size()));
    assertThat(after.growth(before, "gatehouse_proxy_routed_total"))
        .isEqualTo(row.isAccepted() ? row.stimuli().size() : 0);
    assertThat(named.hasRecorded() || trap.hasRecorded()).isFalse();
    assertThat(daemon.remarks()).isEmpty();
  }

  /** The rest of a hello may come as late as the deadline allows. */
  @Test
  void halfAHelloWaitsForItsOtherHalf() throws Exception {
    byte[] hello = HelloBytes.H0;
    try (Client slow = Client.connect(inside, PORT)) {
      slow.send(HelloBytes.slice(hello, 0, hello.length / 2));
      assertPassed(named, List.of(hello));
      slow.send(HelloBytes.slice(hello, hello.length / 2, hello.length)).finish();
      assertThat(named.nextRecorded()).isEqualTo(hello);
      assertThat(slow.end().reset()).isFalse();
    }
  }

  private void send(Outcome outcome, List<byte[]> stimulus) throws Exception {
    switch (outcome) {
      case OK -> assertPassed(named, stimulus);
      case NO_SNI -> assertPassed(trap, stimulus);
      case NOT_TLS, MALFORMED, TOO_BIG, TIMEOUT -> assertReset(stimulus);
      case EOF -> assertClosed(stimulus);
    }
  }

  private void assertPassed(BackendServer backend, List<byte[]> stimulus) throws Exception {
    try (Client client = Client.connect(inside, PORT)) {
      Ending ending = client.send(stimulus).finish().end();
      assertThat(backend.nextRecorded())
          .isEqualTo(HelloBytes.concat(stimulus.toArray(byte[][]::new)));
      assertThat(ending.received()).isEmpty();
      assertThat(ending.reset()).isFalse();
    }
  }

  private void assertReset(List<byte[]> stimulus) throws Exception {
    try (Client client = Client.connect(inside, PORT)) {
      Ending ending = client.send(stimulus).end();
      assertThat(ending.received()).isEmpty();
      assertThat(ending.reset()).isTrue();
    }
  }

  private void assertClosed(List<byte[]> stimulus) throws Exception {
    try (Client client = Client.connect(inside, PORT)) {
      assertThat(client.send(stimulus).finish().end().received()).isEmpty();
    }
  }

  private static Map<Outcome, Long> outcomes(Metrics before, Metrics after) {
    Map<Outcome, Long> grown = new TreeMap<>();
    for (Outcome outcome : Outcome.values()) {
      String label = "outcome=\"" + outcome.name().toLowerCase(Locale.ROOT) + "\"";
      long growth = after.growth(before, "gatehouse_proxy_hello_total", label);
      if (growth != 0) {
        grown.put(outcome, growth);
      }
    }
    return grown;
  }
}
