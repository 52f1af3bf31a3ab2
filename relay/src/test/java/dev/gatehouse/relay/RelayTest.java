package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.relay.TestRelay.Paired;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.relay.view.Kicked;
import dev.gatehouse.relay.view.ServerView;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 7.2, 7.3, 7.11 and 7.12 of the relay's specification, on real sockets. */
@ExtendWith(LeakGuard.class)
class RelayTest {

  private static final String ID = TestRelay.ID;

  @RegisterExtension final LogGuard log = new LogGuard();

  private TestRelay relay;

  @BeforeEach
  void start() throws Exception {
    relay = new TestRelay(config -> config);
  }

  @AfterEach
  void stop() throws Exception {
    relay.close();
    assertThat(relay.relay.totals().connections()).isZero();
    assertThat(relay.relay.totals().outboxBytes()).isZero();
  }

  @Test
  void aPhonesMessageReachesItsBinaryAndTheAnswerComesBack() {
    Peer binary = relay.binary(ID);
    Peer phone = relay.phone(ID);
    phone.send("{\"v\":2,\"type\":\"noise_init\",\"data\":\"AA==\"}");
    String envelope = binary.next();
    assertThat(envelope)
        .matches(
            "\\{\"conn_id\":\"client-"
                + ID
                + "-[0-9a-f]{8}\",\"frame\":\\{\"v\":2,\"type\":\"noise_init\",\"data\":\"AA==\"}}");
    binary.send(envelope.replace("noise_init", "noise_resp"));
    assertThat(phone.next()).isEqualTo("{\"v\":2,\"type\":\"noise_resp\",\"data\":\"AA==\"}");
    relay.awaitCount(1, Metric.RELAY_FRAMES_FORWARDED, "phone_to_binary");
    relay.awaitCount(1, Metric.RELAY_FRAMES_FORWARDED, "binary_to_phone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, 2]", "\"x\"", "0", "null", "{\"a\" : 1}", "\"<>&\u2028\""})
  void messagesAreSplicedUnchanged(String message) {
    Peer binary = relay.binary(ID);
    Peer phone = relay.phone(ID);
    phone.send(" " + message + "\n");
    assertThat(binary.next()).endsWith("\",\"frame\":" + message + "}");
  }

  @Test
  void fragmentsArriveAsOneMessage() {
    Peer binary = relay.binary(ID);
    Peer phone = relay.phone(ID);
    phone.sendPart("{\"a\":", false);
    phone.ping();
    phone.sendPart("1}", true);
    assertThat(binary.next()).endsWith("\"frame\":{\"a\":1}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":1}{\"b\":2}", "x"})
  void whatIsNoJsonEndsThePhoneAndTheBinaryIsTold(String message) {
    log.expect("phone_forwarder_marshal_err");
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    paired.phone().send(message);
    assertThat(paired.phone().closed()).isEqualTo("1007 invalid json");
    assertThat(binary.next())
        .isEqualTo("{\"conn_id\":\"" + paired.name() + "\",\"close_code\":1007}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{}",
        "null",
        "{\"conn_id\":7,\"frame\":{}}",
        "{\"conn_id\":\"%s\"}",
        "{\"conn_id\":\"%s\",\"close_code\":\"4401\"}",
        "{\"conn_id\":\"%s\",\"frame\":}",
      })
  void aBadEnvelopeChangesNothingForTheNextOne(String bad) {
    log.expect("binary_forwarder_unmarshal_err");
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    binary.send(bad.formatted(paired.name()));
    binary.send("{\"conn_id\":\"" + paired.name() + "\",\"frame\":1}");
    assertThat(paired.phone().next()).isEqualTo("1");
    assertThat(binary.isOpen()).isTrue();
  }

  @Test
  void anUnknownPhoneIsPassedOver() {
    log.expect("binary_forwarder_unknown_conn_id");
    Peer binary = relay.binary(ID);
    Peer other = relay.binary("other");
    Paired paired = relay.pair(binary, ID);
    other.send("{\"conn_id\":\"" + paired.name() + "\",\"frame\":\"stolen\"}");
    relay.awaitCount(1, Metric.RELAY_FRAMES_DROPPED, "binary_to_phone", "unknown_conn_id");
    binary.send("{\"conn_id\":\"" + paired.name() + "\",\"frame\":\"own\"}");
    assertThat(paired.phone().next()).isEqualTo("\"own\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"frame\":{\"a\":1},\"close_code\":4401 | 4401",
        "\"frame\":{\"a\":1},\"close_code\":1000 | 1000",
        "\"frame\":{\"a\":1},\"close_code\":4999 | 4999",
      })
  void aDirectiveDeliversItsFrameAndThenCloses(String rest, String closed) {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    binary.send("{\"conn_id\":\"" + paired.name() + "\"," + rest + "}");
    assertThat(paired.phone().next()).isEqualTo("{\"a\":1}");
    assertThat(paired.phone().closed()).isEqualTo(closed);
    relay.awaitCount(1, Metric.RELAY_CLOSE_NOTICES, "suppressed");
    assertThat(binary.hasNothing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"frame\":null,\"close_code\":4421", "\"close_code\":4421"})
  void aDirectiveMayHaveNoFrame(String rest) {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    binary.send("{\"conn_id\":\"" + paired.name() + "\"," + rest + "}");
    assertThat(paired.phone().closed()).isEqualTo("4421");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 999, 1005, 2999, 5000, 65_535})
  void aCodeThatMayNotBeSentBecomesOneThatMay(int code) {
    log.expect("binary_forwarder_illegal_close_code");
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    binary.send("{\"conn_id\":\"" + paired.name() + "\",\"frame\":1,\"close_code\":" + code + "}");
    assertThat(paired.phone().next()).isEqualTo("1");
    assertThat(paired.phone().closed()).isEqualTo("1011");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 4000})
  void theBinaryIsToldHowAPhoneHasClosed(int code) {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    paired.phone().send("\"last\"");
    paired.phone().close(code);
    assertThat(binary.next()).endsWith("\"frame\":\"last\"}");
    assertThat(binary.next())
        .isEqualTo("{\"conn_id\":\"" + paired.name() + "\",\"close_code\":" + code + "}");
  }

  @Test
  void aPhoneThatDropsHasGoneAway() {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    paired.phone().drop();
    assertThat(binary.next()).endsWith("\"close_code\":1001}");
  }

  @Test
  void aPhoneWithoutABinaryIsToldSo() {
    log.expect("phone_register_no_server");
    assertThat(relay.phone(ID).closed()).isEqualTo("4404 no server with that id");
    assertThat(relay.count(Metric.RELAY_WS_UPGRADE_ATTEMPTS, "client", "reject_404")).isEqualTo(1);
    assertThat(relay.count(Metric.RELAY_REGISTER_FAILURES, "no_server")).isEqualTo(1);
  }

  @Test
  void theSeventeenthPhoneIsOneTooMany() {
    log.expect("phone_register_at_cap");
    Peer binary = relay.binary(ID);
    List<Paired> phones = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      phones.add(relay.pair(binary, ID));
    }
    assertThat(relay.phone(ID).closed()).isEqualTo("4429 too many phones for server-id");
    for (Paired paired : phones) {
      binary.send("{\"conn_id\":\"" + paired.name() + "\",\"frame\":\"" + paired.name() + "\"}");
      assertThat(paired.phone().next()).isEqualTo("\"" + paired.name() + "\"");
    }
  }

  @Test
  void aBinaryThatLivesKeepsItsServerId() {
    log.expect("server_id_conflict");
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    Peer newcomer = relay.binary(ID);
    assertThat(newcomer.closed()).isEqualTo("4409 server-id already claimed");
    paired.phone().send("1");
    assertThat(binary.next()).endsWith("\"frame\":1}");
    assertThat(relay.count(Metric.RELAY_CONFLICT_PROBES, "alive")).isEqualTo(1);
    assertThat(relay.count(Metric.RELAY_WS_UPGRADE_ATTEMPTS, "server", "reject_409")).isEqualTo(1);
  }

  @Test
  void aBinaryThatComesBackFindsItsServerIdAndItsPhonesHaveToComeAgain() {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    binary.close(1000);
    assertThat(binary.closed()).isEqualTo("1000");
    TestRelay.await("grace", () -> relay.relay.totals().graced() == 1);
    assertThat(relay.relay.totals().phones()).isEqualTo(1);
    Peer again = relay.binary(ID);
    assertThat(paired.phone().closed()).isEqualTo("4404 binary reclaimed server-id");
    Paired fresh = relay.pair(again, ID);
    assertThat(fresh.name()).isNotEqualTo(paired.name());
    assertThat(relay.count(Metric.RELAY_RECLAIMS)).isEqualTo(1);
  }

  @Test
  void aBinaryThatStaysAwayLosesItsPhones() {
    log.expect("phone_register_no_server");
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    binary.drop();
    TestRelay.await("grace", () -> relay.relay.totals().graced() == 1);
    assertThat(relay.phone(ID).closed()).isEqualTo("4404 no server with that id");
    relay.ticker.advance(Duration.ofSeconds(29));
    assertThat(relay.relay.servers().getFirst().graceLeft()).contains(Duration.ofSeconds(1));
    assertThat(paired.phone().isOpen()).isTrue();
    relay.ticker.advance(Duration.ofSeconds(1));
    assertThat(paired.phone().closed()).isEqualTo("4404 binary did not return");
    assertThat(relay.relay.servers()).isEmpty();
    relay.awaitCount(1, Metric.RELAY_GRACE_EXPIRIES);
  }

  @Test
  void aMessageWithoutABinaryEndsThePhone() {
    log.expect("phone_forwarder_no_binary");
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    binary.close(1000);
    TestRelay.await("grace", () -> relay.relay.totals().graced() == 1);
    paired.phone().send("1");
    assertThat(paired.phone().closed()).isEqualTo("4404 binary disconnected");
  }

  @Test
  void aWakeWithoutCredentialsIsDroppedAndTheConnectionStays() {
    log.expect("binary_forwarder_push_wake_dropped");
    Peer binary = relay.binary(ID);
    binary.send("{\"push_wake\":{\"platform\":\"fcm\",\"token\":\"fcm-token-1\"}}");
    TestRelay.await(
        "binary_forwarder_push_wake_dropped",
        () -> !log.events("binary_forwarder_push_wake_dropped").isEmpty());
    assertThat(relay.pair(binary, ID).phone().isOpen()).isTrue();
  }

  @Test
  void aMessageAtTheLimitPassesBothWays() {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    String full = "\"" + "x".repeat(262_142) + "\"";
    paired.phone().send(full);
    assertThat(binary.next()).endsWith(full + "}");
    String head = "{\"conn_id\":\"" + paired.name() + "\",\"frame\":";
    String frame = "\"" + "y".repeat(262_144 - head.length() - 3) + "\"";
    binary.send(head + frame + "}");
    assertThat(paired.phone().next()).isEqualTo(frame);
    paired.phone().send(full + " ");
    assertThat(paired.phone().closed()).isEqualTo("1009 message too big");
    assertThat(binary.next()).endsWith("\"close_code\":1009}");
  }

  @Test
  void messagesOfOnePhoneKeepTheirOrder() {
    Peer binary = relay.binary(ID);
    List<Paired> phones = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      phones.add(relay.pair(binary, ID));
    }
    for (int i = 0; i < 250; i++) {
      for (Paired paired : phones) {
        paired.phone().send(Integer.toString(i));
        binary.send("{\"conn_id\":\"" + paired.name() + "\",\"frame\":" + i + "}");
      }
    }
    for (Paired paired : phones) {
      for (int i = 0; i < 250; i++) {
        assertThat(paired.phone().next()).isEqualTo(Integer.toString(i));
      }
    }
    List<String> arrived = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      arrived.add(binary.next());
    }
    for (Paired paired : phones) {
      String head = "{\"conn_id\":\"" + paired.name() + "\",\"frame\":";
      List<String> own = arrived.stream().filter(one -> one.startsWith(head)).toList();
      for (int i = 0; i < 250; i++) {
        assertThat(own.get(i)).isEqualTo(head + i + "}");
      }
    }
  }

  @Test
  void kickingAServerIdEndsAllOfItWithoutGrace() {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    assertThat(relay.relay.kick(new ServerId(ID))).isEqualTo(new Kicked(1, 1));
    assertThat(binary.closed()).isEqualTo("1001 kicked by operator");
    assertThat(paired.phone().closed()).isEqualTo("4404 no server with that id");
    assertThat(relay.relay.servers()).isEmpty();
    assertThat(relay.relay.kick(new ServerId(ID))).isEqualTo(Kicked.NOBODY);
  }

  @Test
  void kickingAPhoneLeavesTheOthers() {
    Peer binary = relay.binary(ID);
    Paired first = relay.pair(binary, ID);
    Paired second = relay.pair(binary, ID);
    assertThat(relay.relay.kick(new ServerId(ID), first.name())).isEqualTo(new Kicked(0, 1));
    assertThat(first.phone().closed()).isEqualTo("1001 kicked by operator");
    assertThat(binary.next())
        .isEqualTo("{\"conn_id\":\"" + first.name() + "\",\"close_code\":1001}");
    assertThat(relay.relay.kick(new ServerId(ID), "client-unknown")).isEqualTo(Kicked.NOBODY);
    assertThat(second.phone().isOpen()).isTrue();
  }

  @Test
  void theViewShowsWhoIsThere() {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    // the binary may have heard it before it is counted
    TestRelay.await(
        "count",
        () -> relay.relay.servers().getFirst().binary().orElseThrow().traffic().framesOut() == 1);
    ServerView view = relay.relay.servers().getFirst();
    assertThat(view.serverId()).isEqualTo(ID);
    assertThat(view.binary())
        .hasValueSatisfying(
            one -> {
              assertThat(one.name()).matches("server-" + ID + "-[0-9a-f]{8}");
              assertThat(one.label()).isEqualTo("0.9.1");
              assertThat(one.traffic().framesOut()).isEqualTo(1);
              assertThat(one.remote()).isEqualTo("127.0.0.1");
            });
    assertThat(view.phones())
        .singleElement()
        .satisfies(
            phone -> {
              assertThat(phone.connection().name()).isEqualTo(paired.name());
              assertThat(phone.connection().traffic().bytesIn())
                  .isEqualTo("{\"hello\":1}".length());
              assertThat(phone.paused()).isFalse();
              assertThat(phone.connection().label()).isEqualTo("Pixel");
            });
    assertThat(relay.relay.totals().connections()).isEqualTo(2);
  }

  @Test
  void everybodyIsToldWhenTheRelayEnds() throws Exception {
    Peer binary = relay.binary(ID);
    Paired paired = relay.pair(binary, ID);
    assertThat(relay.relay.drain(Duration.ofSeconds(5))).isZero();
    assertThat(binary.closed()).isEqualTo("1001 shutting down");
    assertThat(paired.phone().closed()).isEqualTo("1001 shutting down");
    assertThat(binary.hasNothing()).isTrue();
    assertThat(relay.relay.totals().draining()).isTrue();
  }

  @Test
  void noLineHasAnythingOfAToken() {
    Peer binary = relay.binary(ID);
    relay.pair(binary, ID).phone().close(1000);
    assertThat(binary.next()).contains("close_code");
    TestRelay.await("phone_unregistered", () -> !log.events("phone_unregistered").isEmpty());
    assertThat(log.events("phone_registered"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.fields())
                    .containsOnlyKeys("server_id", "conn_id", "device_name", "remote"));
    assertThat(log.events("server_claimed").toString() + log.events("phone_registered"))
        .doesNotContain("s3cret-device-token");
  }
}
