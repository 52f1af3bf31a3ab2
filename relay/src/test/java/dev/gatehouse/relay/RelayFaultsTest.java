package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.relay.TestRelay.Paired;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sections 7.5, 7.11 and 7.12 of the relay's specification, with peers that misbehave. */
@ExtendWith(LeakGuard.class)
class RelayFaultsTest {

  private static final String ID = TestRelay.ID;
  private static final String KIB = "\"" + "x".repeat(1022) + "\"";

  @RegisterExtension final LogGuard log = new LogGuard();

  private final List<AutoCloseable> open = new ArrayList<>();
  private TestRelay relay;

  @BeforeEach
  void start() throws Exception {
    relay = new TestRelay(config -> config);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    relay.close();
    assertThat(relay.relay.totals().connections()).isZero();
    assertThat(relay.relay.totals().outboxBytes()).isZero();
    assertThat(relay.relay.totals().pausedPhones()).isZero();
  }

  @Test
  void aSilentBinaryIsTakenOverAfterTheProbe() throws Exception {
    log.expect("server_id_takeover");
    RawPeer silent = silentBinary();
    Peer phone = relay.phone(ID);
    phone.send("1");
    assertThat(silent.nextText()).endsWith("\"frame\":1}");
    Peer newcomer = relay.binary(ID);
    awaitPing(silent);
    advance(Duration.ofMillis(9999));
    assertThat(relay.count(Metric.RELAY_CONFLICT_PROBES, "silent")).isZero();
    advance(Duration.ofMillis(1));
    assertThat(silent.closed()).isEqualTo("1011 heartbeat timeout");
    assertThat(phone.closed()).isEqualTo("4404 binary reclaimed server-id");
    Paired paired = relay.pair(newcomer, ID);
    newcomer.send("{\"conn_id\":\"" + paired.name() + "\",\"frame\":2}");
    assertThat(paired.phone().next()).isEqualTo("2");
    assertThat(relay.count(Metric.RELAY_TAKEOVERS)).isEqualTo(1);
    assertThat(relay.relay.totals().graced()).isZero();
  }

  @Test
  void ofThreeNewcomersTheFirstGetsThePlaceOfASilentBinary() throws Exception {
    log.expect("server_id_takeover");
    log.expect("server_id_conflict");
    RawPeer silent = silentBinary();
    Peer first = relay.binary(ID);
    Peer second = relay.binary(ID);
    Peer third = relay.binary(ID);
    awaitPing(silent);
    advance(Duration.ofSeconds(10));
    assertThat(second.closed()).isEqualTo("4409 server-id already claimed");
    assertThat(third.closed()).isEqualTo("4409 server-id already claimed");
    assertThat(relay.pair(first, ID).phone().isOpen()).isTrue();
  }

  @Test
  void theAgeOfAnUnansweredPingCounts() throws Exception {
    log.expect("server_id_takeover");
    RawPeer silent = silentBinary();
    advance(Duration.ofSeconds(30));
    awaitPing(silent);
    advance(Duration.ofSeconds(6));
    Peer newcomer = relay.binary(ID);
    advance(Duration.ofSeconds(4));
    assertThat(silent.closed()).isEqualTo("1011 heartbeat timeout");
    assertThat(relay.pair(newcomer, ID).phone().isOpen()).isTrue();
  }

  @Test
  void aBinaryThatGoesDuringTheProbeLeavesItsPlace() throws Exception {
    RawPeer silent = silentBinary();
    Peer newcomer = relay.binary(ID);
    awaitPing(silent);
    silent.close();
    assertThat(relay.pair(newcomer, ID).phone().isOpen()).isTrue();
    assertThat(relay.count(Metric.RELAY_CONFLICT_PROBES, "aborted")).isEqualTo(1);
    assertThat(relay.count(Metric.RELAY_RECLAIMS)).isEqualTo(1);
  }

  @Test
  void whatANewcomerSendsDuringTheProbeIsReadAfterwards() throws Exception {
    log.expect("server_id_takeover");
    log.expect("binary_forwarder_unknown_conn_id");
    RawPeer silent = silentBinary();
    Peer newcomer = relay.binary(ID);
    awaitPing(silent);
    for (int i = 0; i < 5; i++) {
      newcomer.send("{\"conn_id\":\"client-gone\",\"frame\":" + i + "}");
    }
    assertThat(relay.count(Metric.RELAY_FRAMES_DROPPED, "binary_to_phone", "unknown_conn_id"))
        .isZero();
    advance(Duration.ofSeconds(10));
    relay.awaitCount(5, Metric.RELAY_FRAMES_DROPPED, "binary_to_phone", "unknown_conn_id");
  }

  @Test
  void theEndOfTheRelayEndsAProbeQuietly() throws Exception {
    RawPeer silent = silentBinary();
    Peer newcomer = relay.binary(ID);
    awaitPing(silent);
    log.expect("drain_incomplete");
    assertThat(relay.relay.drain(Duration.ofMillis(300))).isEqualTo(1);
    assertThat(newcomer.closed()).isEqualTo("1001 shutting down");
    assertThat(relay.count(Metric.RELAY_TAKEOVERS)).isZero();
  }

  @Test
  void aSilentPeerIsClosedAfterTwoHeartbeats() throws Exception {
    RawPeer silent = silentBinary();
    advance(Duration.ofSeconds(30));
    awaitPing(silent);
    advance(Duration.ofSeconds(30));
    assertThat(silent.closed()).isEqualTo("1011 heartbeat timeout");
    relay.awaitCount(1, Metric.RELAY_CONNECTIONS_CLOSED, "server", "heartbeat");
  }

  @Test
  void aPhoneThatDoesNotReadLosesItsPlaceAndItsSiblingsDoNotWait() throws Exception {
    log.expect("binary_forwarder_phone_enqueue_failed");
    log.expect("binary_forwarder_unknown_conn_id");
    Peer binary = relay.binary(ID);
    RawPeer stalled = remembered(RawPeer.phone(relay.port(), ID));
    stalled.send("1");
    String first = binary.next();
    String name = first.substring("{\"conn_id\":\"".length(), first.indexOf("\",\"frame\""));
    Paired sibling = relay.pair(binary, ID);
    String big = "\"" + "x".repeat(200_000) + "\"";
    while (relay.count(Metric.RELAY_FRAMES_DROPPED, "binary_to_phone", "outbox_full") == 0) {
      binary.send("{\"conn_id\":\"" + name + "\",\"frame\":" + big + "}");
    }
    binary.send("{\"conn_id\":\"" + sibling.name() + "\",\"frame\":2}");
    assertThat(sibling.phone().next()).isEqualTo("2");
    assertThat(binary.next()).isEqualTo("{\"conn_id\":\"" + name + "\",\"close_code\":1011}");
    binary.send("{\"conn_id\":\"" + name + "\",\"frame\":\"too late\"}");
    relay.awaitAtLeast(1, Metric.RELAY_FRAMES_DROPPED, "binary_to_phone", "unknown_conn_id");
    assertThat(stalled.closed()).isEqualTo("1011 phone backlog full");
    relay.awaitCount(1, Metric.RELAY_CONNECTIONS_CLOSED, "client", "outbox_full");
  }

  @Test
  void aBurstOfSmallFramesWaitsForAPhoneThatPauses() throws Exception {
    Peer binary = relay.binary(ID);
    RawPeer slow = remembered(RawPeer.phone(relay.port(), ID));
    slow.send("1");
    String first = binary.next();
    String name = first.substring("{\"conn_id\":\"".length(), first.indexOf("\",\"frame\""));
    for (int i = 0; i < 300; i++) {
      binary.send("{\"conn_id\":\"" + name + "\",\"frame\":[" + i + "," + KIB + "]}");
    }
    binary.send("{\"conn_id\":\"" + name + "\",\"close_code\":4401}");
    for (int i = 0; i < 300; i++) {
      assertThat(slow.nextText()).startsWith("[" + i + ",");
    }
    assertThat(slow.closed()).isEqualTo("4401");
  }

  @Test
  void aWriteThatStallsEndsThePhone() throws Exception {
    log.expect("binary_forwarder_phone_send_failed");
    Peer binary = relay.binary(ID);
    RawPeer stalled = remembered(RawPeer.phone(relay.port(), ID));
    stalled.send("1");
    String first = binary.next();
    String name = first.substring("{\"conn_id\":\"".length(), first.indexOf("\",\"frame\""));
    String big = "\"" + "x".repeat(200_000) + "\"";
    relay.relay.follow(TestRelay.withOutbox(100_000_000));
    for (int i = 0; i < 100; i++) {
      binary.send("{\"conn_id\":\"" + name + "\",\"frame\":" + big + "}");
    }
    awaitStall("binary_to_phone", () -> relay.relay.totals().outboxBytes() > 1_000_000);
    long before = relay.count(Metric.RELAY_FRAMES_FORWARDED, "binary_to_phone");
    advance(Duration.ofSeconds(10));
    assertThat(binary.next()).isEqualTo("{\"conn_id\":\"" + name + "\",\"close_code\":1011}");
    assertThat(relay.count(Metric.RELAY_FRAMES_FORWARDED, "binary_to_phone")).isEqualTo(before);
    advance(Duration.ofSeconds(5));
    TestRelay.await("cut", () -> relay.relay.totals().connections() == 1);
  }

  @Test
  void aSlowBinaryPausesItsPhonesAndLosesNothing() throws Exception {
    RawPeer slow = silentBinary();
    List<Peer> phones = List.of(relay.phone(ID), relay.phone(ID));
    String big = "\"" + "x".repeat(60_000) + "\"";
    int each = 60;
    List<Thread> senders = new ArrayList<>();
    for (Peer phone : phones) {
      senders.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < each; i++) {
                      phone.send(big);
                    }
                  }));
    }
    TestRelay.await("pause", () -> relay.relay.totals().pausedPhones() == 2);
    advance(Duration.ofSeconds(9));
    assertThat(phones).allMatch(Peer::isOpen);
    for (int i = 0; i < each * phones.size(); i++) {
      assertThat(slow.nextText()).hasSizeGreaterThan(60_000);
    }
    for (Thread sender : senders) {
      sender.join();
    }
    relay.awaitCount(each * 2L, Metric.RELAY_FRAMES_FORWARDED, "phone_to_binary");
    TestRelay.await("resume", () -> relay.relay.totals().pausedPhones() == 0);
  }

  @Test
  void aBinaryThatTakesNothingFailsAndItsPhonesAreTold() throws Exception {
    log.expect("phone_forwarder_send_failed");
    RawPeer stalled = silentBinary();
    Peer phone = relay.phone(ID);
    String big = "\"" + "x".repeat(200_000) + "\"";
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 200 && phone.isOpen(); i++) {
                    phone.trySend(big);
                  }
                });
    awaitStall("phone_to_binary", () -> relay.relay.totals().pausedPhones() == 1);
    // the kernel may have found room for one more
    TestRelay.await(
        "write timeout",
        () -> {
          advance(Duration.ofSeconds(10));
          return relay.count(Metric.RELAY_CONNECTIONS_CLOSED, "server", "write_failed") == 1;
        });
    // what is on its way is given up with the connection, which has its time to close
    advance(Duration.ofSeconds(5));
    assertThat(phone.closed()).isEqualTo("4404 binary disconnected");
    assertThat(stalled.isCutOff()).isTrue();
    sender.join();
  }

  private RawPeer silentBinary() throws IOException {
    RawPeer peer = remembered(RawPeer.binary(relay.port(), ID));
    TestRelay.await("binary", () -> relay.relay.totals().binaries() == 1);
    return peer;
  }

  private RawPeer remembered(RawPeer peer) {
    open.add(peer);
    return peer;
  }

  private static void awaitPing(RawPeer peer) throws IOException {
    assertThat(peer.frame().opcode()).isEqualTo(9);
  }

  /** Waits until the kernel takes nothing more: no message gets through between two looks. */
  private void awaitStall(String direction, Await.Condition backlog) {
    TestRelay.await(
        "stall",
        () -> {
          long before = relay.count(Metric.RELAY_FRAMES_FORWARDED, direction);
          relay.awaitSweeps();
          return backlog.holds() && relay.count(Metric.RELAY_FRAMES_FORWARDED, direction) == before;
        });
  }

  /** Moves the clock when every sweep of before is over, and waits for the next ones. */
  private void advance(Duration time) throws Exception {
    relay.ticker.advance(time);
    relay.awaitSweeps();
  }
}
