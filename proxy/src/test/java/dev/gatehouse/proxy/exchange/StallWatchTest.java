package dev.gatehouse.proxy.exchange;

import static dev.gatehouse.proxy.http.Messages.http2Request;
import static dev.gatehouse.proxy.http.Messages.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.config.HttpTimeouts;
import dev.gatehouse.proxy.exchange.StallWatch.Finding;
import dev.gatehouse.proxy.exchange.StallWatch.Progress;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.L7Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are those of {@link ExchangeWorld#TIMEOUTS}; the clock of these tests counts seconds. */
class StallWatchTest {

  private static final Request PLAIN = request("GET·/·HTTP/1.1$Host:·a.example$$");
  private static final Request GRPC =
      http2Request("POST", false, "content-type", "application/grpc");
  private static final HttpTimeouts NONE =
      new HttpTimeouts(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          0,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO);
  private static final Progress WAITING = new Progress(0, 0, true, true, false, true, true);

  private final ExchangeWorld world = new ExchangeWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private StallWatch watch(Request request, HttpTimeouts timeouts) {
    StallWatch watch = new StallWatch(timeouts, world.context(request, 0));
    watch.begin(at(0));
    return watch;
  }

  private StallWatch watch(Request request) {
    return watch(request, ExchangeWorld.TIMEOUTS);
  }

  /** Near the end of the numbers, as clocks may be. */
  private static long at(long seconds) {
    return Long.MAX_VALUE - 5 + Duration.ofSeconds(seconds).toNanos();
  }

  private static Progress uploading(long bytes) {
    return new Progress(bytes, 0, true, false, false, true, true);
  }

  private static Progress downloading(long bytes) {
    return new Progress(0, bytes, true, true, true, true, true);
  }

  @Test
  void nobodyIsLateBeforeThereIsABackend() {
    Progress dialing = new Progress(0, 0, true, false, false, false, false);
    assertThat(watch(PLAIN).look(at(1000), dialing)).isEqualTo(Finding.FINE);
  }

  @Test
  void aBackendHasItsTimeToAnswer() {
    StallWatch watch = watch(PLAIN);
    assertThat(watch.look(at(59), WAITING)).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(60), WAITING)).isEqualTo(Finding.NO_RESPONSE);
  }

  @Test
  void aRouteMayHaveATimeOfItsOwn() throws Exception {
    L7Settings settings =
        new L7Settings(
            "",
            "",
            Optional.empty(),
            BackendProtocol.AUTO,
            Optional.empty(),
            Optional.of(Duration.ofSeconds(2)),
            OptionalLong.empty(),
            List.of());
    ExchangeWorld hasty = new ExchangeWorld(ExchangeWorld.TIMEOUTS, settings);
    StallWatch watch = new StallWatch(ExchangeWorld.TIMEOUTS, hasty.context(PLAIN, 0));
    watch.begin(at(0));
    assertThat(watch.look(at(1), WAITING)).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(2), WAITING)).isEqualTo(Finding.NO_RESPONSE);
    hasty.close();
  }

  @Test
  void theEndOfTheUploadBeginsTheWaitForAnAnswer() {
    StallWatch watch = watch(PLAIN);
    watch.uploaded(at(50));
    assertThat(watch.look(at(109), WAITING)).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(110), WAITING)).isEqualTo(Finding.NO_RESPONSE);
  }

  @Test
  void anUploadThatMovesIsNeverLateForItsAnswer() {
    StallWatch watch = watch(PLAIN);
    for (int second = 10; second < 200; second += 10) {
      assertThat(watch.look(at(second), uploading(second * 1000L))).isEqualTo(Finding.FINE);
    }
  }

  @Test
  void anUploadThatStandsStillIsFound() {
    StallWatch watch = watch(PLAIN);
    assertThat(watch.look(at(5), uploading(100_000))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(34), uploading(100_000))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(35), uploading(100_000))).isEqualTo(Finding.UPLOAD_STALLED);
  }

  @Test
  void anUploadThatTricklesIsFoundAfterTenSeconds() {
    StallWatch watch = watch(PLAIN);
    assertThat(watch.look(at(9), uploading(1))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(10), uploading(2400))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(11), uploading(2639))).isEqualTo(Finding.UPLOAD_STALLED);
  }

  @Test
  void aBackendThatTakesNothingIsNotTheClientsFault() {
    StallWatch watch = watch(PLAIN);
    Progress full = new Progress(1, 0, true, false, false, true, false);
    assertThat(watch.look(at(1), full)).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(20), full)).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(21), full)).isEqualTo(Finding.BACKEND_TAKES_NOTHING);
  }

  @Test
  void aClientHasItsTimeFromTheMomentThatTheBackendTakesAgain() {
    StallWatch watch =
        watch(
            PLAIN,
            new HttpTimeouts(
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(30),
                0,
                Duration.ofSeconds(60),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO));
    Progress full = new Progress(1, 0, true, false, false, true, false);
    Progress taking = new Progress(1, 0, true, false, false, true, true);
    assertThat(watch.look(at(1), full)).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(40), taking)).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(69), taking)).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(70), taking)).isEqualTo(Finding.UPLOAD_STALLED);
  }

  @Test
  void aResponseThatStandsStillIsFound() {
    StallWatch watch = watch(PLAIN);
    watch.responding(ExchangeWorld.response(200), at(0));
    assertThat(watch.look(at(10), downloading(5))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(49), downloading(5))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(50), downloading(5))).isEqualTo(Finding.RESPONSE_STALLED);
  }

  @Test
  void aResponseIsWatchedWhileTheUploadGoesOn() {
    StallWatch watch = watch(PLAIN);
    watch.responding(ExchangeWorld.response(200), at(0));
    assertThat(watch.look(at(39), new Progress(50_000, 0, true, false, true, true, true)))
        .isEqualTo(Finding.FINE);
    assertThat(watch.look(at(40), new Progress(50_001, 0, true, false, true, true, true)))
        .isEqualTo(Finding.RESPONSE_STALLED);
  }

  @Test
  void aClientThatTakesNothingIsNotTheBackendsFault() {
    StallWatch watch = watch(PLAIN);
    watch.responding(ExchangeWorld.response(200), at(0));
    Progress full = new Progress(0, 5, false, true, true, true, true);
    assertThat(watch.look(at(100), full)).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(139), downloading(5))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(140), downloading(5))).isEqualTo(Finding.RESPONSE_STALLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "Text/Event-Stream; charset=utf-8"})
  void aStreamOfEventsMayBeSilent(String type) {
    StallWatch watch = watch(PLAIN);
    watch.responding(ExchangeWorld.response(200, "Content-Type", type), at(0));
    assertThat(watch.look(at(3599), downloading(0))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(3600), downloading(0))).isEqualTo(Finding.RESPONSE_STALLED);
  }

  @Test
  void aCallOfGrpcMayBeSilentFromTheBeginning() {
    StallWatch watch = watch(GRPC);
    assertThat(watch.look(at(100), uploading(1))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(3699), uploading(1))).isEqualTo(Finding.FINE);
    assertThat(watch.look(at(3700), uploading(1))).isEqualTo(Finding.RESPONSE_STALLED);
  }

  @Test
  void aByteInEitherDirectionKeepsACallOfGrpc() {
    StallWatch watch = watch(GRPC);
    watch.look(at(3000), new Progress(1, 0, true, false, true, true, true));
    assertThat(watch.look(at(6000), new Progress(1, 1, true, false, true, true, true)))
        .isEqualTo(Finding.FINE);
    assertThat(watch.look(at(9599), new Progress(1, 1, true, false, true, true, true)))
        .isEqualTo(Finding.FINE);
  }

  @Test
  void zeroIsForEver() {
    long late = at(100_000);
    assertThat(watch(PLAIN, NONE).look(late, WAITING)).isEqualTo(Finding.FINE);
    assertThat(watch(PLAIN, NONE).look(late, uploading(0))).isEqualTo(Finding.FINE);
    assertThat(watch(PLAIN, NONE).look(late, downloading(0))).isEqualTo(Finding.FINE);
    assertThat(watch(GRPC, NONE).look(late, downloading(0))).isEqualTo(Finding.FINE);
  }
}
