package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gatehouse.control.call.Audit;
import dev.gatehouse.control.proxy.ProxyCalls;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Histogram;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.DaemonServiceGrpc;
import dev.gatehouse.v1.GetStatusRequest;
import dev.gatehouse.v1.GetStatusResponse;
import io.grpc.Status.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ControlServerTest {

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();

  @Test
  void callsKnowTheProcessThatMadeThemAndRunOnVirtualThreads() throws Exception {
    StatusCalls calls = new StatusCalls();
    try (Daemon daemon = new Daemon(folder, calls)) {
      assertThat(version(daemon.socket())).isEqualTo("1.2.3");
    }
    int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assertThat(calls.peers).containsExactly(new Peer(uid, ProcessHandle.current().pid()));
    assertThat(calls.onVirtualThread).containsExactly(true);
    assertThat(log.events("control_opened")).hasSize(1);
    assertThat(log.events("control_closed")).hasSize(1);
  }

  @Test
  void aBugInACallIsAnInternalErrorWithoutDetail() throws Exception {
    log.expect("control_call_failed");
    StatusCalls calls =
        new StatusCalls(
            () -> {
              throw new IllegalStateException("a secret of the daemon");
            });
    try (Daemon daemon = new Daemon(folder, calls)) {
      assertThat(CallFailure.of(() -> version(daemon.socket())))
          .isEqualTo(
              new CallFailure(
                  Code.INTERNAL, "the daemon failed to answer; its log says why", List.of()));
    }
  }

  @Test
  void servesHealthAndReflectionOfEveryService() throws Exception {
    FakeEditor editor = new FakeEditor(Ruleset.EMPTY);
    try (Daemon daemon =
            new Daemon(folder, new StatusCalls(), new ProxyCalls(editor, null, new Audit()));
        RawChannel raw = new RawChannel(daemon.socket())) {
      List<String> services = List.of("gatehouse.v1.DaemonService", "gatehouse.v1.ProxyService");
      for (String service : Stream.concat(Stream.of(""), services.stream()).toList()) {
        assertThat(
                HealthGrpc.newBlockingStub(raw.channel())
                    .check(HealthCheckRequest.newBuilder().setService(service).build())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
      }
      assertThat(reflectedServices(raw))
          .containsExactlyInAnyOrder(
              "gatehouse.v1.DaemonService",
              "gatehouse.v1.ProxyService",
              "grpc.health.v1.Health",
              "grpc.reflection.v1.ServerReflection");
    }
  }

  @Test
  void countsCallsByMethodAndCodeAndIsAtZeroBeforeTheFirst() throws Exception {
    log.expect("control_call_failed");
    AtomicInteger calls = new AtomicInteger();
    StatusCalls everySecondFails =
        new StatusCalls(
            () -> {
              if (calls.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("every second");
              }
              return GetStatusResponse.getDefaultInstance();
            });
    try (Daemon daemon = new Daemon(folder, everySecondFails)) {
      assertThat(counted(daemon))
          .containsEntry("gatehouse.v1.DaemonService/GetStatus OK", 0.0)
          .containsEntry("gatehouse.v1.DaemonService/SetLogLevel INVALID_ARGUMENT", 0.0)
          .containsEntry("grpc.health.v1.Health/Check OK", 0.0);
      version(daemon.socket());
      CallFailure.of(() -> version(daemon.socket()));
      version(daemon.socket());
      assertThat(counted(daemon))
          .containsEntry("gatehouse.v1.DaemonService/GetStatus OK", 2.0)
          .containsEntry("gatehouse.v1.DaemonService/GetStatus INTERNAL", 1.0);
    }
  }

  @Test
  void aCallWhoseClientLeftCountsAsCancelled() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    StatusCalls slow =
        new StatusCalls(
            () -> {
              begun.countDown();
              Waiting.forLatch(left);
              return GetStatusResponse.getDefaultInstance();
            });
    try (Daemon daemon = new Daemon(folder, slow);
        RawChannel raw = new RawChannel(daemon.socket())) {
      var call =
          DaemonServiceGrpc.newFutureStub(raw.channel())
              .getStatus(GetStatusRequest.getDefaultInstance());
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      call.cancel(true);
      Await.until("the server knows", () -> slow.contexts.getFirst().isCancelled());
      left.countDown();
      Await.until(
          "it is counted",
          () ->
              counted(daemon)
                  .getOrDefault("gatehouse.v1.DaemonService/GetStatus CANCELLED", 0.0)
                  .equals(1.0));
      assertThat(counted(daemon)).containsEntry("gatehouse.v1.DaemonService/GetStatus OK", 0.0);
    }
  }

  @Test
  void isGoneAfterCloseAndCloseMayBeRepeated() throws Exception {
    Daemon daemon = new Daemon(folder, new StatusCalls());
    daemon.close();
    daemon.close();
    assertThat(files()).isEmpty();
    assertThat(CallFailure.of(() -> version(daemon.socket())).code()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void startsAgainAfterAStopAndOverADeadSocket() throws Exception {
    Path path = folder.resolve("control.sock");
    ControlServer server = server(path);
    server.start();
    server.close();
    Sockets.leaveStale(path);
    server.start();
    try {
      assertThat(version(path)).isEqualTo("1.2.3");
    } finally {
      server.close();
    }
  }

  @Test
  void aFailedStartLeavesNothingBehind() throws Exception {
    Path path = folder.resolve("control.sock");
    try (ServerSocketChannel _ = Sockets.listen(path)) {
      ControlServer server = server(path);
      assertThatIOException()
          .isThrownBy(server::start)
          .withMessage("another Gatehouse answers on %s", path);
      server.close();
      assertThat(files()).containsExactly("control.sock");
    }
  }

  @Test
  void aGroupThatDoesNotExistRefusesTheStart() throws Exception {
    Path path = folder.resolve("control.sock");
    ControlServer server =
        new ControlServer(
            new ControlSettings(path, ControlMode.GROUP, "no-such-group", Duration.ofSeconds(5)),
            List.of(),
            new EventCounters());
    assertThatIOException()
        .isThrownBy(server::start)
        .withMessage(
            "control socket %s: group no-such-group is not known on this host; see"
                + " ops.control_group",
            path);
    assertThat(files()).isEmpty();
  }

  private static ControlServer server(Path path) {
    return new ControlServer(
        Sockets.settings(path), List.of(new StatusCalls()), new EventCounters());
  }

  private static String version(Path socket) {
    try (RawChannel raw = new RawChannel(socket)) {
      return DaemonServiceGrpc.newBlockingStub(raw.channel())
          .getStatus(GetStatusRequest.getDefaultInstance())
          .getVersion();
    }
  }

  private static Map<String, Double> counted(Daemon daemon) {
    Map<String, Double> counted = new HashMap<>();
    daemon
        .counters()
        .collect(
            new MetricSink() {
              @Override
              public void sample(Metric metric, double value, String... labels) {
                if (metric == Metric.CONTROL_REQUESTS) {
                  counted.put(String.join(" ", labels), value);
                }
              }

              @Override
              public void histogram(Metric metric, Histogram values, String... labels) {
                // calls are counted and not timed
              }
            });
    return counted;
  }

  private static List<String> reflectedServices(RawChannel raw) throws InterruptedException {
    BlockingQueue<ServerReflectionResponse> answers = new LinkedBlockingQueue<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(raw.channel())
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse answer) {
                    answers.add(answer);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    // the channel may close before the end has come; the answer has been awaited
                  }

                  @Override
                  public void onCompleted() {
                    // the answer has come before
                  }
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    ServerReflectionResponse answer = answers.poll(10, TimeUnit.SECONDS);
    requests.onCompleted();
    return answer.getListServicesResponse().getServiceList().stream()
        .map(service -> service.getName())
        .toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
