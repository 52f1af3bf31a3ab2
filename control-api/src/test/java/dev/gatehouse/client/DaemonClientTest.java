package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import dev.gatehouse.client.ControlException.Code;
import dev.gatehouse.client.ControlException.Reason;
import dev.gatehouse.client.daemon.AppliedConfig;
import dev.gatehouse.client.daemon.BlockedCount;
import dev.gatehouse.client.daemon.CertificateExpiry;
import dev.gatehouse.client.daemon.ConfigChange;
import dev.gatehouse.client.daemon.DrainProgress;
import dev.gatehouse.client.daemon.ListeningSocket;
import dev.gatehouse.client.daemon.LogLevel;
import dev.gatehouse.client.daemon.Reloaded;
import dev.gatehouse.client.daemon.RouteRate;
import dev.gatehouse.client.daemon.ServiceStatus;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.message.DaemonMessages;
import dev.gatehouse.client.message.Moments;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.Warning;
import dev.gatehouse.v1.ApplyConfigRequest;
import dev.gatehouse.v1.ApplyConfigResponse;
import dev.gatehouse.v1.DaemonServiceGrpc;
import dev.gatehouse.v1.DiffConfigRequest;
import dev.gatehouse.v1.DiffConfigResponse;
import dev.gatehouse.v1.DrainRequest;
import dev.gatehouse.v1.ExportConfigRequest;
import dev.gatehouse.v1.ExportConfigResponse;
import dev.gatehouse.v1.GetStatusRequest;
import dev.gatehouse.v1.GetStatusResponse;
import dev.gatehouse.v1.ReloadRequest;
import dev.gatehouse.v1.ReloadResponse;
import dev.gatehouse.v1.RouteMode;
import dev.gatehouse.v1.ServiceState;
import dev.gatehouse.v1.SetLogLevelRequest;
import dev.gatehouse.v1.SetLogLevelResponse;
import dev.gatehouse.v1.SnapshotRequest;
import dev.gatehouse.v1.SnapshotResponse;
import dev.gatehouse.v1.WatchStatusRequest;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DaemonClientTest {

  private static final ConfigChange CHANGE = new ConfigChange("limit", ":443", "500", "0");

  @TempDir private Path folder;
  private final List<Object> asked = new CopyOnWriteArrayList<>();
  private FakeDaemon fake;
  private GatehouseClient client;
  private DaemonClient daemon;

  @BeforeEach
  void start() throws Exception {
    Path socket = folder.resolve("control.sock");
    fake = new FakeDaemon(socket, new FakeService());
    client = GatehouseClient.open(socket);
    daemon = client.daemon();
  }

  @AfterEach
  void stop() {
    client.close();
    fake.close();
  }

  @Test
  void readsTheStatus() throws Exception {
    Status status = daemon.status();
    assertThat(status.version()).isEqualTo("1.2.3");
    assertThat(status.startedAt()).isEqualTo(Instant.ofEpochSecond(1_000));
    assertThat(status.uptime()).isEqualTo(Duration.ofMillis(2_500));
    assertThat(status.draining()).isTrue();
    assertThat(status.services())
        .containsExactly(
            new ServiceStatus("proxy", ServiceStatus.State.STARTING, List.of("a port")),
            new ServiceStatus("later", ServiceStatus.State.UNKNOWN, List.of()));
    assertThat(status.sockets())
        .containsExactly(new ListeningSocket("ops", "tcp", "127.0.0.1:9090"));
    assertThat(status.configDrift()).isEqualTo(2);
    assertThat(status.nextCertificateExpiry())
        .contains(new CertificateExpiry("www.example.org", Instant.ofEpochSecond(9_000)));
    assertThat(status.geoipBuiltAt()).contains(Instant.ofEpochSecond(500));
    assertThat(status.warnings()).containsExactly(new Warning("proxy", "open"));
    assertThat(status.traffic().totalConnections()).isEqualTo(100);
    assertThat(status.traffic().activeConnections()).isEqualTo(7);
    assertThat(status.traffic().listeners()).hasSize(1);
    assertThat(status.traffic().blocked()).containsExactly(new BlockedCount("country", 9));
  }

  @Test
  void whatAStatusDoesNotSayIsAbsent() {
    Status status = DaemonMessages.status(GetStatusResponse.getDefaultInstance());
    assertThat(status.nextCertificateExpiry()).isEmpty();
    assertThat(status.geoipBuiltAt()).isEmpty();
    assertThat(status.uptime()).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
  void everyStateOfAServiceHasItsName(ServiceState state) {
    GetStatusResponse message =
        GetStatusResponse.newBuilder()
            .addServiceStates(dev.gatehouse.v1.ServiceStatus.newBuilder().setState(state))
            .build();
    String name = state.name().replace("SERVICE_STATE_", "").replace("UNSPECIFIED", "UNKNOWN");
    assertThat(DaemonMessages.status(message).services().getFirst().state()).hasToString(name);
  }

  @Test
  void watchesTheStatusForAsLongAsTheReaderWants() throws Exception {
    List<RouteRate> seen = new ArrayList<>();
    daemon.watchStatus(
        Duration.ofMillis(1_500),
        status -> {
          seen.addAll(status.traffic().rates());
          return seen.size() < 2;
        });
    RouteRate rate =
        new RouteRate(
            ":443",
            "git.example.org",
            Route.Mode.L7,
            3,
            1.5,
            1_000,
            2_000,
            0.25,
            Optional.of(Duration.ofNanos(1_500_000)),
            Optional.empty());
    assertThat(seen).containsExactly(rate, rate);
    assertThat(asked)
        .containsExactly(
            WatchStatusRequest.newBuilder()
                .setInterval(Moments.message(Duration.ofMillis(1_500)))
                .build());
  }

  @Test
  void followsADrainUntilItIsDone() throws Exception {
    List<DrainProgress> seen = new ArrayList<>();
    daemon.drain("proxy", Optional.of(Duration.ofSeconds(5)), seen::add);
    assertThat(seen)
        .containsExactly(
            new DrainProgress(2, List.of(), false, 0), new DrainProgress(0, List.of(), true, 1));
    assertThat(asked)
        .containsExactly(
            DrainRequest.newBuilder()
                .setService("proxy")
                .setTimeout(Moments.message(Duration.ofSeconds(5)))
                .build());
  }

  @Test
  void aSecondDrainIsRefused() {
    ControlException failure =
        catchThrowableOfType(
            ControlException.class, () -> daemon.drain("", Optional.empty(), _ -> true));
    assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
    assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(asked).containsExactly(DrainRequest.getDefaultInstance());
  }

  @Test
  void reloads() throws Exception {
    assertThat(daemon.reload())
        .isEqualTo(
            new Reloaded(
                List.of("proxy.idle_timeout"),
                List.of("ops.listen"),
                1,
                List.of(new Warning("firewall", "empty"))));
  }

  @Test
  void writesASnapshot() throws Exception {
    assertThat(daemon.snapshot(Path.of("/backup/gatehouse.db"))).isEqualTo(8192);
    assertThat(asked)
        .containsExactly(SnapshotRequest.newBuilder().setPath("/backup/gatehouse.db").build());
  }

  @Test
  void comparesAppliesAndExportsTheConfiguration() throws Exception {
    assertThat(daemon.diffConfig("a = 1")).containsExactly(CHANGE);
    assertThat(daemon.applyConfig("a = 2", true))
        .isEqualTo(new AppliedConfig(List.of(CHANGE), List.of(new Warning("", "odd"))));
    assertThat(daemon.exportConfig(true)).isEqualTo("yaml: true\n");
    assertThat(daemon.exportConfig(false)).isEqualTo("yaml: false\n");
    assertThat(asked)
        .startsWith(
            DiffConfigRequest.newBuilder().setToml("a = 1").build(),
            ApplyConfigRequest.newBuilder().setToml("a = 2").setValidateOnly(true).build());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void setsTheLogLevelAndTellsTheOneBefore(LogLevel level) throws Exception {
    daemon.setLogLevel(level);
    assertThat(daemon.setLogLevel(LogLevel.INFO)).isEqualTo(level);
  }

  @Test
  void anUnknownLevelIsNotAskedFor() {
    assertThat(DaemonMessages.level(dev.gatehouse.v1.LogLevel.UNRECOGNIZED))
        .isEqualTo(LogLevel.UNKNOWN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> daemon.setLogLevel(LogLevel.UNKNOWN))
        .withMessageStartingWith("level: UNKNOWN");
  }

  private final class FakeService extends DaemonServiceGrpc.DaemonServiceImplBase {

    private dev.gatehouse.v1.LogLevel level = dev.gatehouse.v1.LogLevel.LOG_LEVEL_INFO;

    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
      FakeDaemon.answer(
          call,
          GetStatusResponse.newBuilder()
              .setVersion("1.2.3")
              .setStartedAt(at(1_000))
              .setUptime(Moments.message(Duration.ofMillis(2_500)))
              .setDraining(true)
              .addServiceStates(
                  dev.gatehouse.v1.ServiceStatus.newBuilder()
                      .setName("proxy")
                      .setState(ServiceState.SERVICE_STATE_STARTING)
                      .addWaitingFor("a port"))
              .addServiceStates(
                  dev.gatehouse.v1.ServiceStatus.newBuilder().setName("later").setStateValue(99))
              .addSockets(
                  dev.gatehouse.v1.ListeningSocket.newBuilder()
                      .setService("ops")
                      .setProtocol("tcp")
                      .setAddress("127.0.0.1:9090"))
              .setConfigDrift(2)
              .setNextCertificateExpiry(at(9_000))
              .setNextCertificateRoute("www.example.org")
              .setGeoipBuiltAt(at(500))
              .addWarnings(warning("proxy", "open"))
              .setTotalConnections(100)
              .setActiveConnections(7)
              .addListeners(dev.gatehouse.v1.ListenerStatus.getDefaultInstance())
              .addBlocked(
                  dev.gatehouse.v1.BlockedCount.newBuilder().setReason("country").setCount(9))
              .build());
    }

    @Override
    public void watchStatus(WatchStatusRequest request, StreamObserver<GetStatusResponse> call) {
      asked.add(request);
      dev.gatehouse.v1.RouteRate rate =
          dev.gatehouse.v1.RouteRate.newBuilder()
              .setListenerAddr(":443")
              .setHostname("git.example.org")
              .setMode(RouteMode.ROUTE_MODE_L7)
              .setActive(3)
              .setPerSecond(1.5)
              .setBytesFromClientPerSecond(1_000)
              .setBytesFromBackendPerSecond(2_000)
              .setErrorsPerSecond(0.25)
              .setDialP50(Moments.message(Duration.ofNanos(1_500_000)))
              .build();
      for (int answer = 0; answer < 3; answer++) {
        call.onNext(GetStatusResponse.newBuilder().addRates(rate).build());
      }
    }

    @Override
    public void drain(DrainRequest request, StreamObserver<dev.gatehouse.v1.DrainProgress> call) {
      asked.add(request);
      if (request.getService().isEmpty()) {
        call.onError(
            io.grpc.Status.FAILED_PRECONDITION.withDescription("draining").asRuntimeException());
        return;
      }
      call.onNext(dev.gatehouse.v1.DrainProgress.newBuilder().setConnections(2).build());
      FakeDaemon.answer(
          call, dev.gatehouse.v1.DrainProgress.newBuilder().setDone(true).setForced(1).build());
    }

    @Override
    public void reload(ReloadRequest request, StreamObserver<ReloadResponse> call) {
      FakeDaemon.answer(
          call,
          ReloadResponse.newBuilder()
              .addApplied("proxy.idle_timeout")
              .addNeedsRestart("ops.listen")
              .setConfigDrift(1)
              .addWarnings(warning("firewall", "empty"))
              .build());
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotResponse> call) {
      asked.add(request);
      FakeDaemon.answer(call, SnapshotResponse.newBuilder().setBytes(8192).build());
    }

    @Override
    public void diffConfig(DiffConfigRequest request, StreamObserver<DiffConfigResponse> call) {
      asked.add(request);
      FakeDaemon.answer(call, DiffConfigResponse.newBuilder().addChanges(change()).build());
    }

    @Override
    public void applyConfig(ApplyConfigRequest request, StreamObserver<ApplyConfigResponse> call) {
      asked.add(request);
      FakeDaemon.answer(
          call,
          ApplyConfigResponse.newBuilder()
              .addChanges(change())
              .addWarnings(warning("", "odd"))
              .build());
    }

    @Override
    public void exportConfig(
        ExportConfigRequest request, StreamObserver<ExportConfigResponse> call) {
      FakeDaemon.answer(
          call,
          ExportConfigResponse.newBuilder().setText("yaml: " + request.getYaml() + "\n").build());
    }

    @Override
    public void setLogLevel(SetLogLevelRequest request, StreamObserver<SetLogLevelResponse> call) {
      FakeDaemon.answer(call, SetLogLevelResponse.newBuilder().setPrevious(level).build());
      level = request.getLevel();
    }

    private static Timestamp at(long seconds) {
      return Timestamp.newBuilder().setSeconds(seconds).build();
    }

    private static dev.gatehouse.v1.Warning warning(String field, String text) {
      return dev.gatehouse.v1.Warning.newBuilder().setField(field).setText(text).build();
    }

    private static dev.gatehouse.v1.ConfigChange change() {
      return dev.gatehouse.v1.ConfigChange.newBuilder()
          .setKind("limit")
          .setKey(":443")
          .setInFile("500")
          .setInStore("0")
          .build();
    }
  }
}
