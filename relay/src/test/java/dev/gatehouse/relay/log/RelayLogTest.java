package dev.gatehouse.relay.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.LoggedEvent;
import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

/** Section 4.3 of the relay's specification. */
class RelayLogTest {

  private static final Subject WHO = new Subject("id", "client-id-1", "192.0.2.1");
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Nothing else may ever be a key. */
  private static final Set<String> KEYS =
      Set.of(
          "server_id",
          "conn_id",
          "binary_conn_id",
          "device_name",
          "remote",
          "binary_version",
          "err",
          "path",
          "from",
          "to",
          "close_code",
          "token_fp",
          "duration",
          "fcm_message_id",
          "reason",
          "count",
          "event");

  @RegisterExtension final LogGuard guard = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final RelayLog log = new RelayLog(ticker);

  private Map<String, Runnable> lines() {
    return Map.ofEntries(
        Map.entry("server_claimed", () -> log.serverClaimed(WHO, "1")),
        Map.entry("server_released", () -> log.serverReleased("id")),
        Map.entry("server_grace_expired", () -> log.graceExpired("id", 2)),
        Map.entry("server_id_conflict", () -> log.conflict(WHO)),
        Map.entry("server_id_takeover", () -> log.takeover(WHO, "server-id-0")),
        Map.entry("phone_registered", () -> log.phoneRegistered(WHO, "Pixel")),
        Map.entry("phone_unregistered", () -> log.phoneUnregistered(WHO)),
        Map.entry("phone_register_no_server", () -> log.noServer(WHO)),
        Map.entry("phone_register_at_cap", () -> log.atCap(WHO)),
        Map.entry("phone_close_notice_send_failed", () -> log.noticeFailed(WHO, 1001)),
        Map.entry("phone_forwarder_read_end", () -> log.phoneReadEnd(WHO, "peer_close")),
        Map.entry("phone_forwarder_marshal_err", () -> log.invalidJson(WHO)),
        Map.entry("phone_forwarder_no_binary", () -> log.noBinary(WHO)),
        Map.entry("phone_forwarder_send_failed", () -> log.sendFailed(WHO)),
        Map.entry("binary_forwarder_read_end", () -> log.binaryReadEnd(WHO, "peer_drop")),
        Map.entry("binary_forwarder_unmarshal_err", () -> log.unmarshalError(WHO, "malformed")),
        Map.entry("binary_forwarder_push_wake_dropped", () -> log.wakeDropped(WHO, "rate")),
        Map.entry("binary_forwarder_unknown_conn_id", () -> log.unknownPhone(WHO)),
        Map.entry("binary_forwarder_phone_enqueue_failed", () -> log.enqueueFailed(WHO, "full")),
        Map.entry("binary_forwarder_phone_send_failed", () -> log.phoneSendFailed(WHO)),
        Map.entry("binary_forwarder_close_frame_send_failed", () -> log.closeFrameSendFailed(WHO)),
        Map.entry("binary_forwarder_phone_closed", () -> log.phoneClosed(WHO, 4401)),
        Map.entry("binary_forwarder_illegal_close_code", () -> log.illegalCode(WHO, 1)),
        Map.entry("rate_limited", () -> log.rateLimited("192.0.2.1")),
        Map.entry("conn_cap_reached", () -> log.capReached("/v1/server", "192.0.2.1")),
        Map.entry("push off: no credentials", () -> log.pushOff("no credentials")),
        Map.entry("push_wake_sent", () -> log.pushWakeSent("id", "3cfaa3f1", SECOND, "x")),
        Map.entry("push_wake_send_failed", () -> log.pushWakeFailed("id", "3cfa", SECOND, "x")),
        Map.entry("operator_kick", () -> log.kicked("id", "", 2)));
  }

  @Test
  void everyLineHasItsNameAndKeysOfTheClosedSetAlone() {
    Set<String> keys = new TreeSet<>();
    lines()
        .forEach(
            (event, line) -> {
              line.run();
              LoggedEvent logged = guard.events(event).getFirst();
              if (logged.level().toInt() >= Level.WARN.toInt()) {
                guard.expect(event);
              }
              keys.addAll(logged.fields().keySet());
            });
    assertThat(KEYS).containsAll(keys);
  }

  @Test
  void ofAStormSomeLinesAndASumAreLogged() {
    guard.expect("rate_limited");
    guard.expect("log_suppressed");
    for (int i = 0; i < 1000; i++) {
      log.rateLimited("192.0.2.1");
    }
    assertThat(guard.events("rate_limited")).hasSize(20);
    ticker.advance(SECOND);
    for (int i = 0; i < 1000; i++) {
      log.rateLimited("192.0.2.1");
    }
    assertThat(guard.events("rate_limited")).hasSize(30);
    log.tellSuppressed();
    assertThat(guard.events("log_suppressed"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.fields())
                    .containsEntry("event", "rate_limited")
                    .containsEntry("count", "1970"));
    log.tellSuppressed();
    assertThat(guard.events("log_suppressed")).hasSize(1);
  }

  @Test
  void aStormOfOneEventHidesNoOther() {
    guard.expect("rate_limited");
    guard.expect("log_suppressed");
    guard.expect("phone_register_at_cap");
    for (int i = 0; i < 100; i++) {
      log.rateLimited("192.0.2.1");
    }
    log.atCap(WHO);
    assertThat(guard.events("phone_register_at_cap")).hasSize(1);
    log.tellSuppressed();
  }
}
