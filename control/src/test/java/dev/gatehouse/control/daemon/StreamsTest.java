package dev.gatehouse.control.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.CallFailure;
import dev.gatehouse.control.FakeProxyView;
import dev.gatehouse.control.Rules;
import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.control.stream.OpenStreams;
import dev.gatehouse.control.stream.Pace;
import dev.gatehouse.proxy.ProxyView.State;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.DrainProgress;
import dev.gatehouse.v1.DrainRequest;
import dev.gatehouse.v1.GetStatusResponse;
import dev.gatehouse.v1.RouteMode;
import dev.gatehouse.v1.RouteRate;
import dev.gatehouse.v1.WatchStatusRequest;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StreamsTest {

  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Route ROUTE = Rules.l4("git.example.org", "10.0.0.5:443");

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();
  private RunningDaemonCalls calls;

  @BeforeEach
  void start() throws IOException {
    calls = new RunningDaemonCalls(folder);
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
  }

  @Test
  void theStatusIsToldAgainWithWhatHappenedMeanwhile() {
    calls.proxy.running(FakeProxyView.view(ROUTE, State.SERVING, 2, 10));
    Iterator<GetStatusResponse> statuses = watch(SHORTEST);
    GetStatusResponse first = statuses.next();
    assertThat(first.getVersion()).isEqualTo("1.2.3");
    assertThat(first.getRatesList()).containsExactly(rate(2));
    calls.proxy.running(FakeProxyView.view(ROUTE, State.SERVING, 3, 20));
    calls.ticker.advance(Duration.ofSeconds(5));
    RouteRate moving = rate(3);
    for (GetStatusResponse next = statuses.next(); ; next = statuses.next()) {
      if (next.getRates(0).getPerSecond() > 0) {
        moving = next.getRates(0);
        break;
      }
    }
    assertThat(moving)
        .isEqualTo(
            rate(3).toBuilder()
                .setPerSecond(2)
                .setBytesFromClientPerSecond(200)
                .setBytesFromBackendPerSecond(2_000)
                .setDialP50(TimeMessages.of(Duration.ofMillis(1)))
                .setDialP99(TimeMessages.of(Duration.ofMillis(1)))
                .build());
  }

  @ParameterizedTest
  @CsvSource({"0, 199000000", "60, 1000000", "-1, 0", "0, 0"})
  void anIntervalOutsideItsRangeIsRefused(long seconds, int nanos) {
    WatchStatusRequest request =
        WatchStatusRequest.newBuilder()
            .setInterval(
                com.google.protobuf.Duration.newBuilder().setSeconds(seconds).setNanos(nanos))
            .build();
    CallFailure failure = CallFailure.of(() -> calls.stub.watchStatus(request).hasNext());
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.violations())
        .singleElement()
        .asString()
        .startsWith("interval: ")
        .contains("200ms", "1m");
  }

  @Test
  void anAbsentIntervalIsASecond() {
    Iterator<GetStatusResponse> statuses =
        calls.stub.watchStatus(WatchStatusRequest.getDefaultInstance());
    assertThat(statuses.next().getVersion()).isEqualTo("1.2.3");
    assertThat(Pace.of(false, com.google.protobuf.Duration.getDefaultInstance()))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void refusesThe17thStreamUntilOneEnds() throws Exception {
    List<Context.CancellableContext> open = new ArrayList<>();
    for (int i = 0; i < OpenStreams.MAX; i++) {
      Context.CancellableContext context = Context.current().withCancellation();
      open.add(context);
      context.run(() -> watch(Duration.ofSeconds(60)).next());
    }
    assertThat(CallFailure.of(() -> watch(SHORTEST).next()))
        .isEqualTo(
            new CallFailure(
                Code.RESOURCE_EXHAUSTED,
                "16 streams are open (expected: at most that many)",
                List.of()));
    open.getFirst().cancel(null);
    Await.until("another one opens", this::aStreamOpens);
    open.forEach(context -> context.cancel(null));
  }

  @Test
  void stoppingTheDaemonEndsTheStreamsAtOnce() throws Exception {
    Iterator<GetStatusResponse> statuses = watch(Duration.ofSeconds(60));
    statuses.next();
    calls.daemon.close();
    assertThat(CallFailure.of(statuses::hasNext))
        .isEqualTo(new CallFailure(Code.UNAVAILABLE, "the daemon stops", List.of()));
  }

  @Test
  void aDrainIsToldUntilItIsDone() {
    DrainRequest request =
        DrainRequest.newBuilder()
            .setService("proxy")
            .setTimeout(TimeMessages.of(Duration.ofSeconds(9)))
            .build();
    Iterator<DrainProgress> progress = calls.stub.drain(request);
    assertThat(progress.next()).isEqualTo(DrainProgress.newBuilder().setConnections(2).build());
    calls.admin.come(
        new DaemonAdmin.Progress(
            1, List.of(FakeProxyView.view(ROUTE, State.SERVING, 1, 4)), false, 0));
    DrainProgress second = progress.next();
    assertThat(second.getConnections()).isEqualTo(1);
    assertThat(second.getRoutes(0).getHostname()).isEqualTo("git.example.org");
    assertThat(second.getRoutes(0).getActive()).isEqualTo(1);
    calls.admin.come(new DaemonAdmin.Progress(0, List.of(), true, 3));
    assertThat(progress.next())
        .isEqualTo(DrainProgress.newBuilder().setDone(true).setForced(3).build());
    assertThat(progress.hasNext()).isFalse();
    assertThat(calls.admin.asked).containsExactly("drain proxy PT9S");
    assertThat(log.events("control").getFirst().fields())
        .containsEntry("service", "proxy")
        .containsEntry("timeout_s", "9")
        .containsEntry("result", "OK");
  }

  @Test
  void aDrainOfEverythingEndsWithTheDaemon() throws Exception {
    Iterator<DrainProgress> progress = calls.stub.drain(DrainRequest.getDefaultInstance());
    assertThat(progress.next().getDone()).isFalse();
    assertThat(calls.admin.asked).containsExactly("drain all usual");
    calls.daemon.close();
    assertThat(CallFailure.of(progress::hasNext).description()).isEqualTo("the daemon stops");
  }

  private Iterator<GetStatusResponse> watch(Duration interval) {
    return calls.stub.watchStatus(request(interval));
  }

  private boolean aStreamOpens() {
    try {
      watch(Duration.ofSeconds(60)).next();
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static WatchStatusRequest request(Duration interval) {
    return WatchStatusRequest.newBuilder().setInterval(TimeMessages.of(interval)).build();
  }

  private static RouteRate rate(long active) {
    return RouteRate.newBuilder()
        .setListenerAddr("[::]:443")
        .setHostname("git.example.org")
        .setMode(RouteMode.ROUTE_MODE_L4)
        .setActive(active)
        .build();
  }
}
