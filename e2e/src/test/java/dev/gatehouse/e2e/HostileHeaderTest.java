package dev.gatehouse.e2e;

import static dev.gatehouse.e2e.HelloBytes.H0;
import static dev.gatehouse.e2e.HelloBytes.concat;
import static dev.gatehouse.e2e.HelloBytes.trickled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Client.Ending;
import dev.gatehouse.testkit.Hex;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A listener that demands a PROXY header takes a right one, tells the backend whom it named, and
 * resets whoever sends anything else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class HostileHeaderTest {

  private static final int PORT = 443;

  private static final String CONFIGURATION =
      """
      [ops]
      [proxy]
      proxy_header_timeout = "3s"
      [[proxy.listeners]]
      addr = "127.0.0.1:443"
      proxy_protocol = true
      trusted_proxies = ["127.0.0.0/30"]
      routes = [
        { hostname = "git.example.org", backend = "127.0.0.1:8001", send_proxy_protocol = true },
      ]
      """;

  @TempDir private static Path folder;
  private Namespace host;
  private Insiders inside;
  private BackendServer backend;
  private Daemon daemon;

  @BeforeAll
  void start() throws Exception {
    host = Namespace.create(folder);
    inside = Insiders.of(host, 1);
    backend = BackendServer.start(inside, 8001, BackendServer::record);
    daemon = Daemon.start(host, folder, CONFIGURATION);
  }

  @AfterAll
  void stop() throws Exception {
    daemon.close();
    backend.close();
    inside.close();
    host.close();
  }

  @ParameterizedTest
  @MethodSource("dev.gatehouse.e2e.HostileHeaders#accepted")
  void isTakenAndPassedOn(HostileHeaders.Accepted row) throws Exception {
    for (byte[] header : row.headers()) {
      assertPassed(row, List.of(header, H0));
      assertPassed(row, List.of(concat(header, H0)));
      assertPassed(row, trickled(concat(header, H0)));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.gatehouse.e2e.HostileHeaders#refused")
  void isReset(HostileHeaders.Refused row) throws Exception {
    Metrics before = Metrics.of(daemon);
    for (byte[] header : row.headers()) {
      assertReset("127.0.0.1", header);
      assertReset("127.0.0.1", concat(header, H0));
    }
    assertErrors(before, row.reason(), 2 * row.headers().size());
    assertThat(daemon.remarks()).isEmpty();
  }

  @Test
  void aHeaderThatNeverEndsIsResetAtTheDeadline() throws Exception {
    Metrics before = Metrics.of(daemon);
    assertReset("127.0.0.1", HostileHeaders.text("PROXY UNKNOW"));
    assertErrors(before, "timeout", 1);
  }

  @Test
  void whoLeavesBeforeTheEndOfTheHeaderIsCountedQuietly() throws Exception {
    Metrics before = Metrics.of(daemon);
    List<byte[]> prefixes = HostileHeaders.prefixes();
    for (byte[] prefix : prefixes) {
      try (Client client = Client.connect(inside, PORT)) {
        assertThat(client.send(prefix).finish().end().received()).isEmpty();
      }
    }
    assertErrors(before, "eof", prefixes.size());
  }

  @Test
  void aSecondHeaderIsNoHello() throws Exception {
    byte[] header = HostileHeaders.text("PROXY TCP4 192.0.2.10 198.51.100.7 56324 443\r\n");
    Metrics before = Metrics.of(daemon);
    assertReset("127.0.0.1", concat(header, header, H0));
    assertErrors(before, "", 0);
    assertThat(
            Metrics.of(daemon).growth(before, "gatehouse_proxy_hello_total", "outcome=\"not_tls\""))
        .isEqualTo(1);
  }

  /** What a stranger says of a client's address is not even read. */
  @Test
  void aHeaderOfAStrangerIsNotBelieved() throws Exception {
    Metrics before = Metrics.of(daemon);
    assertReset("127.0.0.9", HostileHeaders.accepted().getFirst().headers().getFirst());
    assertErrors(before, "untrusted", 1);
  }

  private void assertPassed(HostileHeaders.Accepted row, List<byte[]> stimulus) throws Exception {
    try (Client client = Client.connect(inside, PORT)) {
      Ending ending = client.send(stimulus).finish().end();
      byte[] told = row.told().isEmpty() ? endsOf(client.localAddress()) : Hex.bytes(row.told());
      assertThat(backend.nextRecorded()).isEqualTo(concat(told, H0));
      assertThat(ending.received()).isEmpty();
      assertThat(ending.reset()).isFalse();
    }
  }

  private void assertReset(String from, byte[] bytes) throws Exception {
    try (Client client = Client.connect(inside, from, PORT)) {
      Ending ending = client.send(bytes).end();
      assertThat(ending.received()).isEmpty();
      assertThat(ending.reset()).isTrue();
    }
  }

  private void assertErrors(Metrics before, String reason, int count) {
    Metrics after = Metrics.of(daemon);
    String name = "gatehouse_proxy_protocol_errors_total";
    assertThat(after.growth(before, name, "reason=\"" + reason)).isEqualTo(count);
    assertThat(after.growth(before, name)).isEqualTo(count);
    assertThat(after.growth(before, "gatehouse_proxy_routed_total")).isZero();
    assertThat(backend.hasRecorded()).isFalse();
  }

  private static byte[] endsOf(InetSocketAddress client) {
    byte[] server = {127, 0, 0, 1};
    ByteBuffer ends = ByteBuffer.allocate(12).put(client.getAddress().getAddress()).put(server);
    return HostileHeaders.v2(
        0x21, 0x11, ends.putShort((short) client.getPort()).putShort((short) PORT).array());
  }
}
