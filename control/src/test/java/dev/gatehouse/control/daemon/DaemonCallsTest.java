package dev.gatehouse.control.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.Duration;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.control.CallFailure;
import dev.gatehouse.control.call.ConfigRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.ApplyConfigRequest;
import dev.gatehouse.v1.ApplyConfigResponse;
import dev.gatehouse.v1.ConfigChange;
import dev.gatehouse.v1.DiffConfigRequest;
import dev.gatehouse.v1.DrainRequest;
import dev.gatehouse.v1.ExportConfigRequest;
import dev.gatehouse.v1.LogLevel;
import dev.gatehouse.v1.ReloadRequest;
import dev.gatehouse.v1.ReloadResponse;
import dev.gatehouse.v1.SetLogLevelRequest;
import dev.gatehouse.v1.SnapshotRequest;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DaemonCallsTest {

  private static final ConfigChange[] CHANGES = {
    ConfigChange.newBuilder()
        .setKind("limit")
        .setKey("[::]:443")
        .setInStore("5")
        .setInFile("10")
        .build(),
    ConfigChange.newBuilder().setKind("firewall").setKey("ip").setInFile("192.0.2.1").build()
  };

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
  void aReloadTellsWhatHoldsNowAndWhatWaits() {
    ReloadResponse reloaded = calls.stub.reload(ReloadRequest.getDefaultInstance());
    assertThat(reloaded.getAppliedList()).containsExactly("proxy.idle_timeout");
    assertThat(reloaded.getNeedsRestartList()).containsExactly("ops.listen", "ops.state");
    assertThat(reloaded.getConfigDrift()).isEqualTo(3);
    assertThat(reloaded.getWarnings(0).getText())
        .isEqualTo("gatehouse.toml:4: proxy.idle: too long");
    assertThat(audited()).containsExactly("Reload OK");
  }

  @Test
  void aSnapshotIsWrittenToAnAbsolutePath() {
    assertThat(calls.stub.snapshot(snapshot("/backup/edge.db")).getBytes()).isEqualTo(8192);
    assertThat(calls.admin.asked).containsExactly("snapshot /backup/edge.db");
    assertThat(log.events("control").getFirst().fields()).containsEntry("path", "/backup/edge.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "edge.db", "./edge.db", "/a\0b"})
  void anyOtherPathIsRefused(String path) {
    CallFailure failure = CallFailure.of(() -> calls.stub.snapshot(snapshot(path)));
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.violations())
        .singleElement()
        .asString()
        .endsWith("expected an absolute path");
    assertThat(calls.admin.asked).isEmpty();
    assertThat(audited()).containsExactly("Snapshot INVALID_ARGUMENT");
  }

  @Test
  void aDifferenceNamesFileAndDatabaseTheRightWayRound() {
    assertThat(calls.stub.diffConfig(diff("")).getChangesList()).containsExactly(CHANGES);
    assertThat(calls.stub.diffConfig(diff("[ops]")).getChangesList()).containsExactly(CHANGES);
    assertThat(calls.admin.asked).containsExactly("diff own", "diff [ops]");
    assertThat(audited()).isEmpty();
  }

  @Test
  void aFileIsAppliedOrRehearsed() {
    ApplyConfigRequest.Builder apply = ApplyConfigRequest.newBuilder().setToml("[ops]");
    ApplyConfigResponse applied = calls.stub.applyConfig(apply.build());
    assertThat(applied.getChangesList()).containsExactly(CHANGES);
    assertThat(applied.getWarningsCount()).isEqualTo(1);
    calls.stub.applyConfig(apply.setValidateOnly(true).build());
    calls.stub.applyConfig(ApplyConfigRequest.getDefaultInstance());
    assertThat(calls.admin.asked).containsExactly("apply [ops]", "rehearse [ops]", "apply own");
    assertThat(log.events("control"))
        .extracting(line -> line.fields().get("method"), line -> line.fields().get("file"))
        .containsExactly(tuple("ApplyConfig", "sent"), tuple("ApplyConfig", "own"));
  }

  @Test
  void aRefusedFileTellsEachOfItsProblemsWithItsLine() {
    calls.admin.refuse(
        new ConfigRefusedException(
            List.of(
                new ConfigProblem("sent.toml", 3, "ops.x", "ops.x: unknown key"),
                new ConfigProblem("sent.toml", 9, "ops.y", "ops.y = 0: expected 1 or more"))));
    List<String> problems =
        List.of(
            "toml: sent.toml:3: ops.x: unknown key",
            "toml: sent.toml:9: ops.y = 0: expected 1 or more");
    CallFailure refused =
        new CallFailure(Code.INVALID_ARGUMENT, problems.getFirst() + " (and 1 more)", problems);
    assertThat(CallFailure.of(() -> calls.stub.diffConfig(diff("x")))).isEqualTo(refused);
    assertThat(CallFailure.of(() -> calls.stub.reload(ReloadRequest.getDefaultInstance())))
        .isEqualTo(refused);
    assertThat(
            CallFailure.of(
                () -> calls.stub.applyConfig(ApplyConfigRequest.newBuilder().setToml("x").build())))
        .isEqualTo(refused);
    assertThat(audited())
        .containsExactly("Reload INVALID_ARGUMENT", "ApplyConfig INVALID_ARGUMENT");
  }

  @Test
  void exportsInBothLanguages() {
    assertThat(calls.stub.exportConfig(ExportConfigRequest.getDefaultInstance()).getText())
        .isEqualTo("[ops]\n");
    assertThat(
            calls
                .stub
                .exportConfig(ExportConfigRequest.newBuilder().setYaml(true).build())
                .getText())
        .isEqualTo("ops:\n");
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY, UNAVAILABLE",
    "ALREADY_EXISTS, ALREADY_EXISTS",
    "NOT_WRITTEN, INTERNAL",
    "NOT_NOW, FAILED_PRECONDITION",
    "NOT_FOUND, NOT_FOUND",
  })
  void whatTheDaemonRefusesHasItsCode(Reason reason, Code code) {
    calls.admin.refuse(new EditRefusedException(reason, "", "it is so"));
    CallFailure refused = new CallFailure(code, "it is so", List.of());
    assertThat(CallFailure.of(() -> calls.stub.snapshot(snapshot("/a")))).isEqualTo(refused);
    assertThat(CallFailure.of(() -> calls.stub.drain(DrainRequest.getDefaultInstance()).hasNext()))
        .isEqualTo(refused);
    assertThat(
            CallFailure.of(() -> calls.stub.applyConfig(ApplyConfigRequest.getDefaultInstance())))
        .isEqualTo(refused);
    assertThat(
            CallFailure.of(() -> calls.stub.exportConfig(ExportConfigRequest.getDefaultInstance())))
        .isEqualTo(refused);
    assertThat(audited())
        .containsExactly("Snapshot " + code, "Drain " + code, "ApplyConfig " + code);
  }

  @Test
  void setsTheLevelOfTheLogAndTellsTheOneBefore() {
    assertThat(level(LogLevel.LOG_LEVEL_DEBUG)).isEqualTo(LogLevel.LOG_LEVEL_INFO);
    assertThat(level(LogLevel.LOG_LEVEL_WARN)).isEqualTo(LogLevel.LOG_LEVEL_DEBUG);
    assertThat(level(LogLevel.LOG_LEVEL_ERROR)).isEqualTo(LogLevel.LOG_LEVEL_WARN);
    assertThat(level(LogLevel.LOG_LEVEL_INFO)).isEqualTo(LogLevel.LOG_LEVEL_ERROR);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9})
  void aLevelThatIsNoneIsRefused(int number) {
    SetLogLevelRequest request = SetLogLevelRequest.newBuilder().setLevelValue(number).build();
    assertThat(CallFailure.of(() -> calls.stub.setLogLevel(request)).violations())
        .containsExactly("level: " + number + ": expected error, warn, info or debug");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 86_401, Long.MAX_VALUE})
  void aDrainTakesFromNothingToADay(long seconds) {
    DrainRequest request =
        DrainRequest.newBuilder().setTimeout(Duration.newBuilder().setSeconds(seconds)).build();
    CallFailure failure = CallFailure.of(() -> calls.stub.drain(request).hasNext());
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.violations()).singleElement().asString().startsWith("timeout: ");
    assertThat(calls.admin.asked).isEmpty();
  }

  private LogLevel level(LogLevel level) {
    return calls
        .stub
        .setLogLevel(SetLogLevelRequest.newBuilder().setLevel(level).build())
        .getPrevious();
  }

  private List<String> audited() {
    return log.events("control").stream()
        .map(line -> line.fields().get("method") + ' ' + line.fields().get("result"))
        .toList();
  }

  private static SnapshotRequest snapshot(String path) {
    return SnapshotRequest.newBuilder().setPath(path).build();
  }

  private static DiffConfigRequest diff(String toml) {
    return DiffConfigRequest.newBuilder().setToml(toml).build();
  }
}
