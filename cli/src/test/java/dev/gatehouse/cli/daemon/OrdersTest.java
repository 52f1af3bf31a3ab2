package dev.gatehouse.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.v1.DrainProgress;
import dev.gatehouse.v1.DrainRequest;
import dev.gatehouse.v1.LogLevel;
import dev.gatehouse.v1.ReloadRequest;
import dev.gatehouse.v1.ReloadResponse;
import dev.gatehouse.v1.SetLogLevelRequest;
import dev.gatehouse.v1.SetLogLevelResponse;
import dev.gatehouse.v1.SnapshotRequest;
import dev.gatehouse.v1.SnapshotResponse;
import dev.gatehouse.v1.Warning;
import io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OrdersTest extends DaemonTest {

  @Test
  void tellsWhatAReloadHasChangedAndWhatWaits() {
    daemon()
        .answers(
            ReloadRequest.class,
            ReloadResponse.newBuilder()
                .addApplied("proxy.idle_timeout")
                .addApplied("ops.log.level")
                .addNeedsRestart("ops.listen")
                .setConfigDrift(1)
                .addWarnings(Warning.newBuilder().setField("firewall").setText("blocks nobody"))
                .build());
    assertThat(run("reload")).isEqualTo(Cli.OK);
    run("reload --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            applied: proxy.idle_timeout, ops.log.level
            waits for a restart: ops.listen
            1 thing differs between the configuration file and the database; see 'gatehouse config diff'.
            warning: firewall: blocks nobody
            {"version":1,"applied":["proxy.idle_timeout","ops.log.level"],\
            "needs_restart":["ops.listen"],"config_drift":1,\
            "warnings":[{"field":"firewall","text":"blocks nobody"}]}
            """);
  }

  @Test
  void aReloadMayChangeNothing() {
    daemon().answers(ReloadRequest.class, ReloadResponse.getDefaultInstance());
    run("reload");
    assertThat(screen().out()).isEqualTo("nothing has changed\n");
  }

  @Test
  void aFileThatCannotBeReadIsAWrongConfiguration() {
    daemon()
        .refuses(
            ReloadRequest.class,
            "gatehouse.toml: 1 error; nothing has changed",
            "proxy.idle_timeout",
            "\"soon\" (expected: a duration)");
    assertThat(run("reload")).isEqualTo(Cli.REFUSED);
    assertThat(screen().err())
        .isEqualTo(
            """
            reload: gatehouse.toml: 1 error; nothing has changed
              proxy.idle_timeout: "soon" (expected: a duration)
            """);
  }

  @Test
  void followsADrainUntilItIsDone() {
    daemon()
        .answers(
            DrainRequest.class,
            DrainProgress.newBuilder().setConnections(2).build(),
            DrainProgress.newBuilder().setConnections(1).build(),
            DrainProgress.newBuilder().setDone(true).setForced(1).build());
    assertThat(run("drain proxy --for 1m30s")).isEqualTo(Cli.OK);
    assertThat(screen().out())
        .isEqualTo(
            """
            draining: 2 open connections
            draining: 1 open connection
            drained; 1 connection was reset
            """);
    assertThat(daemon().asked())
        .containsExactly(
            DrainRequest.newBuilder()
                .setService("proxy")
                .setTimeout(Duration.newBuilder().setSeconds(90))
                .build());
  }

  @Test
  void drainsEverythingForAsLongAsTheConfigurationSays() {
    daemon().answers(DrainRequest.class, DrainProgress.newBuilder().setDone(true).build());
    assertThat(run("drain")).isEqualTo(Cli.OK);
    run("drain --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            drained
            {"version":1,"done":true,"connections":0,"forced":0}
            """);
    assertThat(daemon().asked()).first().isEqualTo(DrainRequest.getDefaultInstance());
  }

  @Test
  void aDaemonThatLeavesBeforeItIsDoneIsAFailure() {
    daemon().answers(DrainRequest.class, DrainProgress.newBuilder().setConnections(2).build());
    assertThat(run("drain")).isEqualTo(Cli.FAILED);
    assertThat(screen().err()).isEqualTo("drain: the daemon left before it was done\n");
  }

  @Test
  void aSecondDrainIsAFailure() {
    daemon()
        .fails(DrainRequest.class, Status.FAILED_PRECONDITION.withDescription("already draining"));
    assertThat(run("drain")).isEqualTo(Cli.FAILED);
    assertThat(screen().err()).isEqualTo("drain: already draining\n");
  }

  @Test
  void namesTheFileOfASnapshotFromTheRoot() {
    daemon().answers(SnapshotRequest.class, SnapshotResponse.newBuilder().setBytes(8192).build());
    Path file = Path.of("backup.db").toAbsolutePath();
    assertThat(run("snapshot backup.db")).isEqualTo(Cli.OK);
    run("snapshot /backup.db --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            written: %s (8192 bytes)
            {"version":1,"file":"/backup.db","bytes":8192}
            """
                .formatted(file));
    assertThat(daemon().asked())
        .containsExactly(
            SnapshotRequest.newBuilder().setPath(file.toString()).build(),
            SnapshotRequest.newBuilder().setPath("/backup.db").build());
  }

  @Test
  void setsTheLogLevel() {
    daemon()
        .answers(
            SetLogLevelRequest.class,
            SetLogLevelResponse.newBuilder().setPrevious(LogLevel.LOG_LEVEL_INFO).build());
    assertThat(run("log-level debug")).isEqualTo(Cli.OK);
    run("log-level WARN --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            log level: debug (was: info)
            {"version":1,"level":"warn","previous":"info"}
            """);
    assertThat(daemon().asked())
        .first()
        .isEqualTo(SetLogLevelRequest.newBuilder().setLevel(LogLevel.LOG_LEVEL_DEBUG).build());
  }
}
