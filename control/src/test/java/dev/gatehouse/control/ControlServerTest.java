package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.Duration;
import dev.gatehouse.control.api.ControlClient;
import dev.gatehouse.control.api.ControlException;
import dev.gatehouse.control.api.ControlException.Reason;
import dev.gatehouse.control.v1.GetStatusRequest;
import dev.gatehouse.control.v1.GetStatusResponse;
import dev.gatehouse.control.v1.ServiceState;
import dev.gatehouse.control.v1.StatusServiceGrpc;
import dev.gatehouse.testkit.LogGuard;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ControlServerTest {

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();

  @Test
  void answersWhatRuns() throws Exception {
    try (Daemon daemon = new Daemon(folder, new StatusCalls(new FakeServerView()));
        ControlClient client = ControlClient.open(daemon.socket())) {
      GetStatusResponse status = client.status();
      assertThat(status.getVersion()).isEqualTo("1.2.3");
      assertThat(status.getUptime())
          .isEqualTo(Duration.newBuilder().setSeconds(61).setNanos(500_000_000).build());
      assertThat(status.getServicesList())
          .extracting(
              service -> service.getName(),
              service -> service.getState(),
              service -> List.copyOf(service.getWaitingForList()))
          .containsExactly(
              tuple("ops", ServiceState.SERVICE_STATE_SERVING, List.of()),
              tuple("watch", ServiceState.SERVICE_STATE_STARTING, List.of("the first scan")),
              tuple("relay", ServiceState.SERVICE_STATE_OFF, List.of()));
      assertThat(status.getListeners(0).getAddress()).isEqualTo("127.0.0.1:9090");
    }
  }

  @Test
  void callsKnowTheProcessThatMadeThemAndRunOnVirtualThreads() throws Exception {
    RecordingCalls calls = new RecordingCalls();
    try (Daemon daemon = new Daemon(folder, calls);
        ControlClient client = ControlClient.open(daemon.socket())) {
      client.status();
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
    try (Daemon daemon = new Daemon(folder, new FailingCalls());
        ControlClient client = ControlClient.open(daemon.socket())) {
      ControlException failure = catchThrowableOfType(ControlException.class, client::status);
      assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
      assertThat(failure.detail()).isEqualTo("the daemon failed to answer; its log says why");
    }
  }

  @Test
  void servesHealthAndReflection() throws Exception {
    try (Daemon daemon = new Daemon(folder, new StatusCalls(new FakeServerView()));
        RawChannel raw = new RawChannel(daemon.socket())) {
      for (String service : List.of("", "gatehouse.v1.StatusService")) {
        assertThat(
                HealthGrpc.newBlockingStub(raw.channel())
                    .check(HealthCheckRequest.newBuilder().setService(service).build())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
      }
      assertThat(reflectedServices(raw))
          .contains("gatehouse.v1.StatusService", "grpc.health.v1.Health");
    }
  }

  @Test
  void isGoneAfterCloseAndCloseMayBeRepeated() throws Exception {
    Daemon daemon = new Daemon(folder, new StatusCalls(new FakeServerView()));
    daemon.close();
    daemon.close();
    assertThat(files()).isEmpty();
    try (ControlClient client = ControlClient.open(daemon.socket())) {
      ControlException failure = catchThrowableOfType(ControlException.class, client::status);
      assertThat(failure.reason()).isEqualTo(Reason.NO_FILE);
    }
  }

  @Test
  void startsAgainAfterAStopAndOverADeadSocket() throws Exception {
    Path path = folder.resolve("control.sock");
    ControlServer server = server(path);
    server.start();
    server.close();
    Sockets.leaveStale(path);
    server.start();
    try (ControlClient client = ControlClient.open(path)) {
      assertThat(client.status().getVersion()).isEqualTo("1.2.3");
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
            new ControlSettings(
                path, ControlMode.GROUP, "no-such-group", java.time.Duration.ofSeconds(5)),
            List.of());
    assertThatIOException()
        .isThrownBy(server::start)
        .withMessage("control socket %s: group no-such-group is not known on this host", path);
    assertThat(files()).isEmpty();
  }

  private static ControlServer server(Path path) {
    return new ControlServer(
        Sockets.settings(path), List.of(new StatusCalls(new FakeServerView())));
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
                    throw new AssertionError(failure);
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

  /** Notes who calls, and from what kind of thread. */
  private static final class RecordingCalls extends StatusServiceGrpc.StatusServiceImplBase
      implements ControlCalls {

    private final List<Peer> peers = new ArrayList<>();
    private final List<Boolean> onVirtualThread = new ArrayList<>();

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
      peers.add(Peer.current());
      onVirtualThread.add(Thread.currentThread().isVirtual());
      Answers.answer(call, GetStatusResponse::getDefaultInstance);
    }

    @Override
    public void drain() {
      // calls end by themselves
    }
  }

  private static final class FailingCalls extends StatusServiceGrpc.StatusServiceImplBase
      implements ControlCalls {

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
      Answers.answer(
          call,
          () -> {
            throw new IllegalStateException("a secret of the daemon");
          });
    }

    @Override
    public void drain() {
      // calls end by themselves
    }
  }
}
