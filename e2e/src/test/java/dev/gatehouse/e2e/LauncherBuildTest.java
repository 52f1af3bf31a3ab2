package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Program.Ended;
import dev.gatehouse.e2e.Program.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * When the launcher builds, what it says meanwhile, and how two of them keep out of each other's
 * way.
 */
@Isolated // it builds on both cores
class LauncherBuildTest {

  @TempDir private Path temp;
  private LauncherCopy copy;

  @BeforeEach
  void lay() {
    copy = new LauncherCopy(temp.resolve("a place"));
  }

  @Test
  void buildsOnFirstUseWithProgressApartFromTheProgramsOutput() {
    Ended ended = start(copy.setting());
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.output()).startsWith("pid=").doesNotContain("gatehouse:");
    assertThat(ended.errors())
        .contains("gatehouse: building with JDK 25")
        .contains("9 of 9: gatehouse-app")
        .contains("gatehouse: built");
    assertThat(copy.builds())
        .singleElement()
        .asString()
        .startsWith(copy.folder() + "|" + System.getProperty("java.home") + "|")
        .endsWith("-Dmaven.test.skip=true -P !style,!analysis package -pl app -am");
  }

  @Test
  void doesNotBuildAgainWhileNothingChanged() {
    start(copy.setting());
    Ended again = start(copy.setting());
    assertThat(again.code()).isZero();
    assertThat(again.errors()).isEmpty();
    assertThat(copy.builds()).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws IOException {
    start(copy.setting());
    makeNewer(copy.source());
    start(copy.setting());
    assertThat(copy.builds()).hasSize(2);
  }

  @Test
  void buildsAgainWhenAPomIsNewer() throws IOException {
    start(copy.setting());
    makeNewer(copy.folder().resolve("pom.xml"));
    start(copy.setting());
    assertThat(copy.builds()).hasSize(2);
  }

  @Test
  void buildsAgainWhenASourceIsGone() throws IOException {
    start(copy.setting());
    Files.delete(copy.source());
    start(copy.setting());
    assertThat(copy.builds()).hasSize(2);
  }

  @Test
  void buildsAgainWhenTheLibrariesAreGone() throws IOException {
    start(copy.setting());
    Path lib = copy.folder().resolve("app/target/gatehouse/lib");
    Files.delete(lib.resolve("program.jar"));
    Files.deleteIfExists(lib.resolve("start.aot"));
    Files.delete(lib);
    assertThat(start(copy.setting()).code()).isZero();
    assertThat(copy.builds()).hasSize(2);
  }

  @Test
  void leavesAnOldBuildAloneWhenToldTo() throws IOException {
    start(copy.setting());
    makeNewer(copy.source());
    Ended ended = start(copy.setting().with("GATEHOUSE_NO_BUILD", "1"));
    assertThat(ended.code()).isZero();
    assertThat(copy.builds()).hasSize(1);
  }

  @Test
  void saysThatMavenIsMissing() throws IOException {
    Files.delete(copy.tools().resolve("mvn"));
    Ended ended = start(copy.setting());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.errors()).contains("no mvn on the PATH").contains("apt install maven");
  }

  @Test
  void showsTheErrorsOfAFailedBuildAndStartsNothing() throws IOException {
    Files.createFile(copy.folder().resolve("broken"));
    Ended ended = start(copy.setting());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.errors())
        .contains("[ERROR] App.java:[7,3] cannot find symbol")
        .contains("the build failed; all of its output is in " + copy.folder())
        .doesNotContain("nothing to see");
    assertThat(copy.lock()).doesNotExist();
  }

  @Test
  void triesAgainAfterAFailedBuild() throws IOException {
    Path broken = Files.createFile(copy.folder().resolve("broken"));
    start(copy.setting());
    Files.delete(broken);
    assertThat(start(copy.setting()).code()).isZero();
  }

  @Test
  void twoFirstStartsBuildOnce() {
    Path gate = gate();
    try (Program first = Program.start(copy.setting(), command());
        Program second = startSecond(first)) {
      second.awaitErrors("process " + first.pid() + " is building, waiting for it");
      open(gate);
      assertThat(first.await().code()).isZero();
      Ended ended = second.await();
      assertThat(ended.code()).as(ended.errors()).isZero();
      assertThat(ended.output()).startsWith("pid=");
      assertThat(copy.builds()).hasSize(1);
    }
  }

  @Test
  void takesOverTheLockOfAProcessThatIsGone() throws IOException {
    Program gone = Program.start(copy.setting(), List.of("/bin/sh", "-c", ":"));
    gone.await();
    gone.close();
    Files.createDirectories(copy.lock().getParent());
    Files.createSymbolicLink(copy.lock(), Path.of(Long.toString(gone.pid())));
    Ended ended = start(copy.setting());
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(Files.exists(copy.lock(), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aSignalEndsTheBuildAndLeavesNoLock() {
    gate();
    try (Program first = Program.start(copy.setting(), command())) {
      first.awaitErrors("building with JDK");
      first.terminate();
      Ended ended = first.await();
      assertThat(ended.code()).isEqualTo(143);
      assertThat(ended.errors()).contains("the build was interrupted");
      assertThat(Files.exists(copy.lock(), LinkOption.NOFOLLOW_LINKS)).isFalse();
    }
  }

  private Program startSecond(Program first) {
    first.awaitErrors("building with JDK");
    return Program.start(copy.setting(), command());
  }

  /** Holds the pretended Maven until it is opened. */
  private Path gate() {
    Path gate = copy.folder().resolve("gate");
    String mkfifo = Peer.require("mkfifo", "coreutils");
    Program.run(copy.setting(), List.of(mkfifo, gate.toString()));
    return gate;
  }

  private void open(Path gate) {
    Program.run(copy.setting(), List.of("/bin/sh", "-c", "echo >'" + gate + "'"));
  }

  private static void makeNewer(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
  }

  private List<String> command() {
    return List.of(copy.script().toString(), "status");
  }

  private Ended start(Setting setting) {
    return Program.run(setting, command());
  }
}
