package dev.gatehouse.control.daemon;

import dev.gatehouse.control.ControlCalls;
import dev.gatehouse.control.call.Answers;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.control.call.ConfigRefusedException;
import dev.gatehouse.control.call.Mutation;
import dev.gatehouse.control.call.Reply;
import dev.gatehouse.control.call.Warnings;
import dev.gatehouse.control.daemon.DaemonAdmin.Draining;
import dev.gatehouse.control.stream.OpenStreams;
import dev.gatehouse.control.stream.Pace;
import dev.gatehouse.control.stream.PacedStream;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.v1.ApplyConfigRequest;
import dev.gatehouse.v1.ApplyConfigResponse;
import dev.gatehouse.v1.DaemonServiceGrpc;
import dev.gatehouse.v1.DiffConfigRequest;
import dev.gatehouse.v1.DiffConfigResponse;
import dev.gatehouse.v1.DrainProgress;
import dev.gatehouse.v1.DrainRequest;
import dev.gatehouse.v1.ExportConfigRequest;
import dev.gatehouse.v1.ExportConfigResponse;
import dev.gatehouse.v1.GetStatusRequest;
import dev.gatehouse.v1.GetStatusResponse;
import dev.gatehouse.v1.ReloadRequest;
import dev.gatehouse.v1.ReloadResponse;
import dev.gatehouse.v1.SetLogLevelRequest;
import dev.gatehouse.v1.SetLogLevelResponse;
import dev.gatehouse.v1.SnapshotRequest;
import dev.gatehouse.v1.SnapshotResponse;
import dev.gatehouse.v1.WatchStatusRequest;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;

/** What operators ask and demand of the daemon as a whole. */
public final class DaemonCalls extends DaemonServiceGrpc.DaemonServiceImplBase
    implements ControlCalls {

  private static final Duration DRAIN_INTERVAL = Duration.ofMillis(500);

  private final StatusMessages status;
  private final DaemonAdmin admin;
  private final Audit audit;
  private final Ticker ticker;
  private final OpenStreams watching = new OpenStreams();
  private final OpenStreams draining = new OpenStreams();

  /** Calls over a daemon that can be asked and told. */
  public DaemonCalls(StatusMessages status, DaemonAdmin admin, Audit audit, Ticker ticker) {
    this.status = status;
    this.admin = admin;
    this.audit = audit;
    this.ticker = ticker;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
    Answers.answer(call, () -> status.status().build());
  }

  @Override
  public void watchStatus(WatchStatusRequest request, StreamObserver<GetStatusResponse> call) {
    try {
      StatusSource source = new StatusSource(status, ticker);
      Duration interval = Pace.of(request.hasInterval(), request.getInterval());
      watching.open(PacedStream.of(source, interval, call));
    } catch (RuntimeException e) {
      call.onError(Answers.failure(e));
    }
  }

  @Override
  public void reload(ReloadRequest request, StreamObserver<ReloadResponse> call) {
    Answers.answer(call, () -> audit.mutation("Reload").make(this::reloaded));
  }

  @Override
  public void drain(DrainRequest request, StreamObserver<DrainProgress> call) {
    Mutation mutation =
        audit
            .mutation("Drain")
            .about("service", request.getService())
            .about("timeout_s", request.hasTimeout() ? request.getTimeout().getSeconds() : "");
    try {
      Draining begun = mutation.make(() -> drain(request));
      draining.open(PacedStream.of(new DrainSource(begun, ticker), DRAIN_INTERVAL, call));
    } catch (RuntimeException e) {
      call.onError(Answers.failure(e));
    }
  }

  @Override
  public void snapshot(SnapshotRequest request, StreamObserver<SnapshotResponse> call) {
    Reply<SnapshotResponse> taken =
        () ->
            SnapshotResponse.newBuilder()
                .setBytes(admin.snapshot(DaemonRequest.path(request)))
                .build();
    Answers.answer(
        call, () -> audit.mutation("Snapshot").about("path", request.getPath()).make(taken));
  }

  @Override
  public void diffConfig(DiffConfigRequest request, StreamObserver<DiffConfigResponse> call) {
    Answers.answer(
        call,
        () ->
            DiffConfigResponse.newBuilder()
                .addAllChanges(ChangeMessages.of(admin.diff(toml(request.getToml()))))
                .build());
  }

  @Override
  public void applyConfig(ApplyConfigRequest request, StreamObserver<ApplyConfigResponse> call) {
    if (request.getValidateOnly()) {
      Answers.answer(call, () -> applied(request));
      return;
    }
    Mutation mutation =
        audit.mutation("ApplyConfig").about("file", request.getToml().isEmpty() ? "own" : "sent");
    Answers.answer(call, () -> mutation.make(() -> applied(request)));
  }

  @Override
  public void exportConfig(ExportConfigRequest request, StreamObserver<ExportConfigResponse> call) {
    Answers.answer(
        call,
        () -> ExportConfigResponse.newBuilder().setText(admin.export(request.getYaml())).build());
  }

  @Override
  public void setLogLevel(SetLogLevelRequest request, StreamObserver<SetLogLevelResponse> call) {
    Mutation mutation =
        audit.mutation("SetLogLevel").about("level", LevelMessages.label(request.getLevel()));
    Reply<SetLogLevelResponse> set =
        () ->
            SetLogLevelResponse.newBuilder()
                .setPrevious(LevelMessages.of(admin.logLevel(DaemonRequest.level(request))))
                .build();
    Answers.answer(call, () -> mutation.make(set));
  }

  /** A drain that was asked for goes on, whether or not somebody looks at it. */
  @Override
  public void drain() {
    watching.drain();
    draining.drain();
  }

  private Draining drain(DrainRequest request) throws EditRefusedException {
    Optional<String> service = Optional.of(request.getService()).filter(name -> !name.isEmpty());
    return admin.drain(service, DaemonRequest.timeout(request));
  }

  private ReloadResponse reloaded() throws ConfigRefusedException {
    DaemonAdmin.Reloaded reloaded = admin.reload();
    return ReloadResponse.newBuilder()
        .addAllApplied(reloaded.applied())
        .addAllNeedsRestart(reloaded.needsRestart())
        .setConfigDrift(status.drift())
        .addAllWarnings(Warnings.of(reloaded.warnings()))
        .build();
  }

  private ApplyConfigResponse applied(ApplyConfigRequest request)
      throws ConfigRefusedException, EditRefusedException {
    DaemonAdmin.Applied applied = admin.apply(toml(request.getToml()), request.getValidateOnly());
    return ApplyConfigResponse.newBuilder()
        .addAllChanges(ChangeMessages.of(applied.changes()))
        .addAllWarnings(Warnings.of(applied.warnings()))
        .build();
  }

  /** Empty: the daemon's own file. */
  private static Optional<String> toml(String text) {
    return Optional.of(text).filter(given -> !given.isEmpty());
  }
}
