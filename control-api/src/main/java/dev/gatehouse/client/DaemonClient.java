package dev.gatehouse.client;

import dev.gatehouse.client.daemon.AppliedConfig;
import dev.gatehouse.client.daemon.ConfigChange;
import dev.gatehouse.client.daemon.DrainProgress;
import dev.gatehouse.client.daemon.LogLevel;
import dev.gatehouse.client.daemon.Reloaded;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.message.DaemonMessages;
import dev.gatehouse.client.message.Moments;
import dev.gatehouse.v1.ApplyConfigRequest;
import dev.gatehouse.v1.DaemonServiceGrpc;
import dev.gatehouse.v1.DaemonServiceGrpc.DaemonServiceBlockingStub;
import dev.gatehouse.v1.DiffConfigRequest;
import dev.gatehouse.v1.DrainRequest;
import dev.gatehouse.v1.ExportConfigRequest;
import dev.gatehouse.v1.GetStatusRequest;
import dev.gatehouse.v1.ReloadRequest;
import dev.gatehouse.v1.SetLogLevelRequest;
import dev.gatehouse.v1.SnapshotRequest;
import dev.gatehouse.v1.WatchStatusRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The calls about the daemon as a whole. */
public final class DaemonClient {

  private final Calls calls;

  DaemonClient(Calls calls) {
    this.calls = calls;
  }

  /** What runs, since when, and on which sockets it listens. */
  public Status status() throws ControlException {
    return DaemonMessages.status(
        answer(stub -> stub.getStatus(GetStatusRequest.getDefaultInstance())));
  }

  /**
   * Hands the status to the reader again and again, on this thread, for as long as it asks for
   * more.
   *
   * @param interval from 200 ms to 60 s
   * @throws ControlException if the daemon ends the stream
   */
  public void watchStatus(Duration interval, Predicate<Status> reader) throws ControlException {
    WatchStatusRequest request =
        WatchStatusRequest.newBuilder().setInterval(Moments.message(interval)).build();
    calls.stream(
        DaemonServiceGrpc::newBlockingStub,
        stub -> stub.watchStatus(request),
        status -> reader.test(DaemonMessages.status(status)));
  }

  /** Has the configuration file read again; a bad one changes nothing. */
  public Reloaded reload() throws ControlException {
    return DaemonMessages.reloaded(answer(stub -> stub.reload(ReloadRequest.getDefaultInstance())));
  }

  /**
   * Has open connections end, and hands the progress to the reader, on this thread, for as long as
   * it asks for more.
   *
   * @param service the empty name is everything, and the daemon ends
   * @param timeout when what is left is reset; absent is as the configuration says
   * @throws ControlException if the daemon refuses, or ends the stream before it is done
   */
  public void drain(String service, Optional<Duration> timeout, Predicate<DrainProgress> reader)
      throws ControlException {
    DrainRequest.Builder request = DrainRequest.newBuilder().setService(service);
    timeout.map(Moments::message).ifPresent(request::setTimeout);
    calls.stream(
        DaemonServiceGrpc::newBlockingStub,
        stub -> stub.drain(request.build()),
        progress -> reader.test(DaemonMessages.progress(progress)));
  }

  /**
   * Has a consistent copy of the database written.
   *
   * @param file absolute; nothing may be there
   * @return its size in bytes
   */
  public long snapshot(Path file) throws ControlException {
    SnapshotRequest request = SnapshotRequest.newBuilder().setPath(file.toString()).build();
    return answer(stub -> stub.snapshot(request)).getBytes();
  }

  /**
   * What differs between a file and the database.
   *
   * @param toml the text of the file; empty for the daemon's own
   */
  public List<ConfigChange> diffConfig(String toml) throws ControlException {
    DiffConfigRequest request = DiffConfigRequest.newBuilder().setToml(toml).build();
    return DaemonMessages.changes(answer(stub -> stub.diffConfig(request)).getChangesList());
  }

  /**
   * Makes the database equal to a file.
   *
   * @param toml the text of the file; empty for the daemon's own
   * @param validateOnly whether to say what would change, and change nothing
   */
  public AppliedConfig applyConfig(String toml, boolean validateOnly) throws ControlException {
    ApplyConfigRequest request =
        ApplyConfigRequest.newBuilder().setToml(toml).setValidateOnly(validateOnly).build();
    return DaemonMessages.applied(answer(stub -> stub.applyConfig(request)));
  }

  /** The configuration with what the database has, as the text of a file in TOML or YAML. */
  public String exportConfig(boolean yaml) throws ControlException {
    ExportConfigRequest request = ExportConfigRequest.newBuilder().setYaml(yaml).build();
    return answer(stub -> stub.exportConfig(request)).getText();
  }

  /**
   * Logs more or less until the next start or reload.
   *
   * @return the level before
   */
  public LogLevel setLogLevel(LogLevel level) throws ControlException {
    SetLogLevelRequest request =
        SetLogLevelRequest.newBuilder().setLevel(DaemonMessages.message(level)).build();
    return DaemonMessages.level(answer(stub -> stub.setLogLevel(request)).getPrevious());
  }

  private <T> T answer(Function<DaemonServiceBlockingStub, T> call) throws ControlException {
    return calls.answer(DaemonServiceGrpc::newBlockingStub, call);
  }
}
