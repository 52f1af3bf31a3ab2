package dev.gatehouse.relay.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.relay.config.PushSettings;
import dev.gatehouse.relay.log.RelayLog;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.LoggedEvent;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.wire.envelope.PushWake;
import java.net.URLDecoder;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 2.18 and 7.16 of the relay's specification. */
class FcmWakerTest {

  private static final ServerId ID = new ServerId("5f3a1c9e");
  private static final String TOKEN = "fcm-token-1";
  private static final String FAILED = "push_wake_send_failed";

  @RegisterExtension final LogGuard log = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final EventCounters counters = new EventCounters();
  private FakeGoogle google;
  private FcmWaker waker;

  @BeforeEach
  void start() throws Exception {
    google = new FakeGoogle();
    waker = waker(Optional.empty());
  }

  @AfterEach
  void stop() throws Exception {
    google.open();
    waker.close();
    google.close();
    List<LoggedEvent> lines = new ArrayList<>(log.events("push_wake_sent"));
    lines.addAll(log.events(FAILED));
    assertThat(lines.toString())
        .doesNotContain(TOKEN)
        .doesNotContain("granted-secret")
        .doesNotContain("PRIVATE");
  }

  private FcmWaker waker(Optional<String> project) {
    String json = Keys.account(Keys.pkcs8(Keys.RSA), google.uri("/token"));
    PushSettings settings =
        new PushSettings(
            Optional.of(new Secret(json)),
            project,
            google.uri("/"),
            6,
            Duration.ofSeconds(10),
            32,
            Duration.ofSeconds(10));
    ServiceAccount account = ServiceAccount.read(json).orElseThrow();
    return new FcmWaker(account, settings, counters, new RelayLog(ticker), ticker);
  }

  @Test
  void sendsAWakeWithoutAnyContent() throws Exception {
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("sent", 1);
    FakeGoogle.Request sent = google.sends.getFirst();
    assertThat(sent.path()).isEqualTo("/v1/projects/own-project/messages:send");
    assertThat(sent.authorization()).isEqualTo("Bearer granted-secret");
    assertThat(sent.body())
        .isEqualTo("{\"message\":{\"token\":\"fcm-token-1\",\"android\":{\"priority\":\"HIGH\"}}}");
    assertThat(log.events("push_wake_sent"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.fields())
                    .containsEntry("server_id", "5f3a1c9e")
                    .containsEntry("token_fp", "3cfaa3f1")
                    .containsEntry("fcm_message_id", "projects/p/messages/0:123%abc"));
  }

  @Test
  void oneThatRetiresDeliversWhatIsOnItsWay() throws Exception {
    google.stall();
    assertThat(wake(TOKEN)).isEmpty();
    Await.until("the wake is on its way", () -> google.arrived.get() == 1);
    waker.retire();
    google.open();
    awaitOutcome("sent", 1);
    Await.until("it has ended", () -> waker.inFlight() == 32);
    assertThat(wake(TOKEN)).contains(WakeRefusal.IN_FLIGHT);
  }

  @Test
  void theProjectOfTheConfigurationComesFirst() throws Exception {
    waker.close();
    waker = waker(Optional.of("other"));
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("sent", 1);
    assertThat(google.sends.getFirst().path()).startsWith("/v1/projects/other/");
  }

  @Test
  void asksForAccessWithASignedClaim() throws Exception {
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("sent", 1);
    String form = google.grants.getFirst().body();
    assertThat(form)
        .startsWith("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
    String jwt = URLDecoder.decode(form.substring(form.indexOf("assertion=") + 10), UTF_8);
    String[] parts = jwt.split("\\.", -1);
    assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
    long now = ticker.now().getEpochSecond();
    assertThat(decoded(parts[1]))
        .isEqualTo(
            ("{\"iss\":\"relay@p.iam.gserviceaccount.com\",\"scope\":"
                    + "\"https://www.googleapis.com/auth/firebase.messaging\",\"aud\":\"%s\","
                    + "\"iat\":%d,\"exp\":%d}")
                .formatted(google.uri("/token"), now, now + 3600));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(Keys.RSA.getPublic());
    signature.update((parts[0] + '.' + parts[1]).getBytes(UTF_8));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @Test
  void keepsATokenUntilAMinuteBeforeItsEnd() throws Exception {
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("sent", 1);
    ticker.advance(Duration.ofSeconds(3538));
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("sent", 2);
    assertThat(google.grants).hasSize(1);
    ticker.advance(Duration.ofSeconds(1));
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("sent", 3);
    assertThat(google.grants).hasSize(2);
  }

  @Test
  void manyWakesFetchOneToken() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(waker.wake(new ServerId("id" + i), fcm(TOKEN))).isEmpty();
    }
    awaitOutcome("sent", 10);
    assertThat(google.grants).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "404 | NOT_FOUND | UNREGISTERED | unregistered | status 404 (NOT_FOUND, UNREGISTERED)",
        "400 | INVALID_ARGUMENT | INVALID_ARGUMENT | send_failed | status 400 (INVALID_ARGUMENT,"
            + " INVALID_ARGUMENT)",
        "503 | UNAVAILABLE | bad code | send_failed | status 503 (UNAVAILABLE)",
        "500 | lower | AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEFFFFFFFFFFGGGGG |"
            + " send_failed | status 500",
      })
  void saysOfAFailureOnlyWordsThatAreKnownToBeHarmless(
      int status, String word, String code, String outcome, String error) throws Exception {
    log.expect(FAILED);
    google.answerNext(
        status,
        """
        {"error":{"code":1,"message":"secret fcm-token-1","status":"%s","details":[1,
        {"@type":"type.googleapis.com/other","errorCode":"OTHER"},
        {"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"%s"}]}}
        """
            .formatted(word, code));
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome(outcome, 1);
    assertThat(log.events(FAILED))
        .singleElement()
        .satisfies(line -> assertThat(line.fields()).containsEntry("err", error));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[]",
        "{\"error\":7}",
        "{\"error\":{\"status\":{},\"details\":{}}}",
        "{\"error\":{\"status\":\"X\""
      })
  void aHostileReplyIsAStatusAndNothingElse(String body) throws Exception {
    log.expect(FAILED);
    google.answerNext(500, body);
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("send_failed", 1);
    assertThat(log.events(FAILED).getFirst().fields()).containsEntry("err", "status 500");
  }

  @Test
  void ofAHugeReplyOnlyTheBeginningIsRead() throws Exception {
    log.expect(FAILED);
    google.answerNext(500, "[".repeat(1 << 20));
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("send_failed", 1);
  }

  @Test
  void aRedirectIsAFailureAndNotFollowed() throws Exception {
    log.expect(FAILED);
    google.answerNext(302, "");
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("send_failed", 1);
    assertThat(log.events(FAILED).getFirst().fields()).containsEntry("err", "status 302");
    assertThat(google.sends).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | {}",
        "200 | {}",
        "200 | {\"access_token\":\"x\"}",
        "200 | nonsense",
        "302 | {}",
      })
  void withoutAccessNothingIsSent(int status, String body) throws Exception {
    log.expect(FAILED);
    google.grant(status, body);
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("token_fetch_failed", 1);
    assertThat(google.sends).isEmpty();
  }

  @Test
  void aNameThatIsNoneIsNotLogged() throws Exception {
    google.answerNext(200, "{\"name\":\"secret \\n fcm-token-1\"}");
    assertThat(wake(TOKEN)).isEmpty();
    awaitOutcome("sent", 1);
    assertThat(log.events("push_wake_sent").getFirst().fields())
        .containsEntry("fcm_message_id", "");
  }

  @Test
  void aTokenIsQuotedAsJsonWantsIt() throws Exception {
    assertThat(wake("a\"b\\c\nd")).isEmpty();
    awaitOutcome("sent", 1);
    assertThat(google.sends.getFirst().body()).contains("\"a\\\"b\\\\c\\u000ad\"");
  }

  @Test
  void refusesWhatItCannotSend() {
    assertThat(waker.wake(ID, Optional.empty())).contains(WakeRefusal.MALFORMED);
    assertThat(waker.wake(ID, Optional.of(new PushWake("apns", TOKEN))))
        .contains(WakeRefusal.PLATFORM);
    assertThat(waker.wake(ID, Optional.of(new PushWake("", TOKEN)))).contains(WakeRefusal.PLATFORM);
    assertThat(wake("")).contains(WakeRefusal.TOKEN);
    assertThat(wake("é".repeat(2049))).contains(WakeRefusal.TOKEN);
    assertThat(count(Metric.RELAY_PUSH_WAKES, "dropped")).isZero();
    assertThat(count(Metric.RELAY_PUSH_REFUSED, "token")).isEqualTo(2);
  }

  @Test
  void aServerIdMaySendABurstAndThenOneForEachRefill() throws Exception {
    for (int i = 0; i < 6; i++) {
      assertThat(wake(TOKEN)).isEmpty();
    }
    assertThat(wake(TOKEN)).contains(WakeRefusal.RATE);
    assertThat(waker.wake(new ServerId("another"), fcm(TOKEN))).isEmpty();
    ticker.advance(Duration.ofSeconds(10));
    assertThat(wake(TOKEN)).isEmpty();
    assertThat(wake(TOKEN)).contains(WakeRefusal.RATE);
    awaitOutcome("sent", 8);
    assertThat(count(Metric.RELAY_PUSH_WAKES, "dropped")).isEqualTo(2);
  }

  @Test
  void onlySoManyAreOnTheirWay() throws Exception {
    google.stall();
    for (int i = 0; i < 32; i++) {
      assertThat(waker.wake(new ServerId("id" + i), fcm(TOKEN))).isEmpty();
    }
    assertThat(waker.inFlight()).isEqualTo(32);
    for (int i = 0; i < 6; i++) {
      assertThat(wake(TOKEN)).contains(WakeRefusal.IN_FLIGHT);
    }
    // the token of the bucket is spent before that is known
    assertThat(wake(TOKEN)).contains(WakeRefusal.RATE);
    google.open();
    awaitOutcome("sent", 32);
    Await.until("all are back", () -> waker.inFlight() == 0);
  }

  @Test
  void closingCutsOffWhatIsOnItsWayAndRefusesWhatComes() throws Exception {
    log.expect(FAILED);
    google.stall();
    assertThat(wake(TOKEN)).isEmpty();
    Await.until("the message", () -> google.arrived.get() == 1);
    waker.close();
    assertThat(count(Metric.RELAY_PUSH_WAKES, "send_failed")).isEqualTo(1);
    assertThat(waker.inFlight()).isZero();
    assertThat(wake(TOKEN)).contains(WakeRefusal.OFF);
  }

  private Optional<WakeRefusal> wake(String token) {
    return waker.wake(ID, fcm(token));
  }

  private static Optional<PushWake> fcm(String token) {
    return Optional.of(new PushWake("fcm", token));
  }

  private void awaitOutcome(String outcome, long times) throws Exception {
    String event =
        switch (outcome) {
          case "sent" -> "push_wake_sent";
          default -> FAILED;
        };
    Await.until(outcome, () -> log.events(event).size() == times);
    assertThat(count(Metric.RELAY_PUSH_WAKES, outcome)).isEqualTo(times);
  }

  private long count(Metric metric, String label) {
    return counters.counter(metric, label).sum();
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), UTF_8);
  }
}
