package dev.gatehouse.e2e.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Metrics;
import dev.gatehouse.e2e.ProcessFigures;
import dev.gatehouse.e2e.http.Trickle;
import dev.gatehouse.e2e.relay.frames.FramePeer;
import dev.gatehouse.e2e.relay.frames.HostilePeers;
import dev.gatehouse.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever strangers send, it ends, is counted, is not logged, and others are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
class RelayHostilityTest {

  private static final int CROWD = 200;
  private static final long MIB = 1024;

  @TempDir private static Path folder;
  private RelayHost host;

  @BeforeAll
  void start() {
    host =
        new RelayHost(
            folder,
            "max_connections = 1000",
            "upgrade_burst = 5000",
            "header_timeout = \"1s\"",
            "read_message_timeout = \"1s\"",
            "close_timeout = \"1s\"");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  /** Each test says its secrets where they are not to be repeated. */
  @AfterEach
  void othersAreServedAndNothingIsTold() throws Exception {
    try (FramePeer binary = FramePeer.binary(host, "decent");
        FramePeer phone = FramePeer.phone(host, "decent")) {
      HostilePeers.talk(phone, "\"s3cret\"");
      assertThat(binary.message()).endsWith(",\"frame\":\"s3cret\"}");
    }
    Await.until("all places are free", () -> metric("connections") == 0);
    assertThat(host.daemon().log()).doesNotContainIgnoringCase("s3cret").doesNotContain("frames/1");
  }

  @Test
  void upgradesThatDribbleAreCutInTime() throws Exception {
    double before = refused("header_timeout");
    List<FramePeer> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      crowd.add(
          FramePeer.silent(host).raw("GET /v1/client?s3cret HTTP/1.1\r\n".getBytes(ISO_8859_1)));
    }
    try (Trickle _ = Trickle.every(Duration.ofMillis(100), () -> sendToAll(crowd, "x"))) {
      Await.until("all are cut", () -> refused("header_timeout") - before == CROWD);
    }
    crowd.forEach(FramePeer::cut);
    assertThat(metric("pending_connections")).isZero();
  }

  @Test
  void framesThatNeverEndAreCutInTime() throws Exception {
    double before = closed("client", "message_timeout");
    long memory = ProcessFigures.of(host.daemon()).rssKib();
    try (FramePeer binary = FramePeer.binary(host, "patient")) {
      List<FramePeer> crowd = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        FramePeer phone = FramePeer.phone(host, "patient");
        crowd.add(i % 2 == 0 ? HostilePeers.beginFrame(phone) : HostilePeers.beginMessage(phone));
      }
      try (Trickle _ = Trickle.every(Duration.ofMillis(100), () -> HostilePeers.goOn(crowd))) {
        Await.until("all are cut", () -> closed("client", "message_timeout") - before == 15);
      }
      for (FramePeer phone : crowd) {
        phone.cut();
        assertThat(binary.message()).endsWith(",\"close_code\":1001}");
      }
    }
    assertThat(ProcessFigures.of(host.daemon()).rssKib() - memory).isLessThan(64 * MIB);
  }

  @Test
  void oversizedMessagesEndByTheirHeader() throws Exception {
    for (int i = 0; i < CROWD; i++) {
      try (FramePeer binary = FramePeer.binary(host, "big")) {
        HostilePeers.announce(binary, 1L << (20 + i % 40)).closed(1009);
      }
    }
    assertThat(closed("server", "too_big")).isGreaterThanOrEqualTo(CROWD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"s3cret\":", "[{\"\":["})
  void jsonIsNotFollowedIntoTheDepth(String level) throws Exception {
    String deep = level.repeat(200_000 / level.length());
    try (FramePeer binary = FramePeer.binary(host, "deep");
        FramePeer phone = FramePeer.phone(host, "deep")) {
      HostilePeers.talk(binary, deep);
      HostilePeers.talk(binary, "{\"push_wake\":{\"platform\":\"fcm\",\"token\":\"s3cret\"}}");
      HostilePeers.talk(binary, "{\"conn_id\":\"s3cret\",\"frame\":" + deep);
      HostilePeers.talk(phone, "1");
      assertThat(binary.message()).endsWith("\"frame\":1}");
      HostilePeers.talk(phone, deep);
      phone.closed(1007);
      assertThat(binary.message()).endsWith("\"close_code\":1007}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-pyrycode-server: decent\r\nx-pyrycode-server: other",
        "x-pyrycode-server: de\"cent",
        "x-pyrycode-server: de\\cent",
        "x-pyrycode-server: de cent",
        "x-pyrycode-server: d\u00e9cent",
        "x-pyrycode-server:",
        "x-pyrycode-server : decent",
        "x-pyrycode-server: decent\r\n\tfolded",
        "x-pyrycode-server: decent\r\nContent-Length: 6\r\n\r\ns3cret",
        "x-pyrycode-server: decent\r\nTransfer-Encoding: chunked",
        "x-pyrycode-server: decent\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "x-pyrycode-server: decent\r\nHost: s3cret",
        "x-pyrycode-server: decent\r\nx-pyrycode-device-name: \u001b[31m level=error",
      })
  void introductionsWithTwoMeaningsAreRefused(String fields) throws Exception {
    try (FramePeer peer = FramePeer.silent(host)) {
      peer.raw(
          FramePeer.request("/v1/client", "x-pyrycode-token: s3cret", fields).getBytes(ISO_8859_1));
      assertThat(peer.head()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void nobodyIsBelievedWhoHeSays() throws Exception {
    String forged =
        FramePeer.request(
            "/v1/client",
            "x-pyrycode-server: nobody",
            "x-pyrycode-token: s3cret",
            "x-pyrycode-device-name: \" level=error msg=forged",
            "X-Forwarded-For: 203.0.113.9",
            "Forwarded: for=203.0.113.9");
    try (FramePeer peer = FramePeer.silent(host)) {
      peer.raw(forged.getBytes(ISO_8859_1)).head();
      peer.closed(4404);
    }
    try (FramePeer binary = FramePeer.binary(host, "nobody");
        FramePeer peer = FramePeer.silent(host)) {
      peer.raw(forged.getBytes(ISO_8859_1)).head();
      HostilePeers.talk(peer, "1");
      assertThat(binary.message()).endsWith("\"frame\":1}");
    }
    assertThat(host.daemon().log())
        .contains("server_id=nobody remote=127.0.0.1")
        .contains("device_name=\"\\\" level=error msg=forged\"")
        .doesNotContain("203.0.113.9");
    assertThat(metric("rate_limiter_keys")).isOne();
  }

  private static void sendToAll(List<FramePeer> crowd, String text) {
    crowd.forEach(peer -> peer.raw(text.getBytes(ISO_8859_1)));
  }

  private double refused(String reason) {
    return Metrics.of(host.daemon())
        .sum("gatehouse_listener_refused_total", "service=\"relay\"", "reason=\"" + reason + "\"");
  }

  private double closed(String endpoint, String cause) {
    return metric(
        "connections_closed_total{cause=\"%s\",endpoint=\"%s\"}".formatted(cause, endpoint));
  }

  private double metric(String series) {
    return host.daemon().metric("gatehouse_relay_" + series);
  }
}
