package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Program.Ended;
import dev.gatehouse.e2e.Program.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher finds itself and a JDK, and what it hands over to the program. */
class LauncherStartTest {

  @TempDir private Path temp;
  private LauncherCopy copy;

  @BeforeEach
  void lay() {
    copy = new LauncherCopy(temp.resolve("a place"));
    copy.built();
  }

  @Test
  void runsFromAnotherFolder() {
    Ended ended = Program.run(copy.setting().in(temp), command("status"));
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.output()).contains("argument=status\n");
    assertThat(ended.errors()).isEmpty();
  }

  @Test
  void runsThroughAChainOfRelativeAndAbsoluteLinks() throws IOException {
    Path bin = Files.createDirectories(temp.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("first"), Path.of("../a place/gatehouse"));
    Path second = Files.createSymbolicLink(temp.resolve("second"), bin.resolve("first"));
    Ended ended = Program.run(copy.setting().in(temp), List.of(second.toString(), "status"));
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.output()).contains("argument=status\n");
  }

  @Test
  void runsWhenThePathFindsIt() throws IOException {
    Files.createSymbolicLink(copy.tools().resolve("gatehouse"), copy.script());
    Ended ended =
        Program.run(copy.setting().in(temp), List.of("/bin/sh", "-c", "exec gatehouse status"));
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.output()).contains("argument=status\n");
  }

  @Test
  void passesArgumentsAsTheyAre() {
    List<String> hard = List.of("", "two words", "*", "$HOME", "`id`", "a\"b'c", "@file", "-x");
    List<String> command = new ArrayList<>(command());
    command.addAll(hard);
    Ended ended = Program.run(copy.setting(), command);
    assertThat(ended.output().lines().filter(line -> line.startsWith("argument=")))
        .containsExactlyElementsOf(hard.stream().map(text -> "argument=" + text).toList());
  }

  @Test
  void passesTheExitCodeOn() {
    assertThat(Program.run(copy.setting(), command("fail")).code()).isEqualTo(2);
  }

  @Test
  void becomesTheProgramAndSoItsSignalsReachIt() {
    try (Program program = Program.start(copy.setting(), command("run"))) {
      program.awaitOutput("serving");
      program.terminate();
      Ended ended = program.await();
      assertThat(ended.output()).contains("pid=" + program.pid() + "\n").contains("drained");
    }
  }

  @Test
  void takesTheOptionsOfTheFileAndThenThoseOfTheEnvironment() {
    Setting setting =
        copy.setting().with("GATEHOUSE_JAVA_OPTS", "-Dprobe=7 -Djava.awt.headless=false");
    assertThat(Program.run(copy.setting(), command()).output())
        .contains("property=null", "headless=true");
    assertThat(Program.run(setting, command()).output()).contains("property=7", "headless=false");
  }

  @Test
  void findsTheJdkThroughALinkOnThePath() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.createSymbolicLink(copy.tools().resolve("java"), java);
    Ended ended = Program.run(copy.settingWithoutJdk(), command("status"));
    assertThat(ended.code()).as(ended.errors()).isZero();
  }

  @Test
  void asksAShimOnThePathForItsJdk() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    LauncherCopy.executable(
        copy.tools().resolve("java"), "#!/bin/sh\nexec '" + java + "' \"$@\"\n");
    Ended ended = Program.run(copy.settingWithoutJdk(), command("status"));
    assertThat(ended.code()).as(ended.errors()).isZero();
  }

  @Test
  void passesOverAnOldJdkOnItsWayToANewOne() throws IOException {
    Path folders = Files.createDirectories(temp.resolve("jvm"));
    Path old = oldJdk(folders.resolve("jdk-17"));
    Files.createSymbolicLink(folders.resolve("jdk-new"), Path.of(System.getProperty("java.home")));
    Setting setting =
        copy.setting()
            .with("JAVA_HOME", old.toString())
            .with("GATEHOUSE_JVM_FOLDERS", folders + "/*");
    Ended ended = Program.run(setting, command("status"));
    assertThat(ended.code()).as(ended.errors()).isZero();
    assertThat(ended.errors()).isEmpty();
  }

  @Test
  void saysWhatToInstallWhereThereIsNoJdk() throws IOException {
    Path old = oldJdk(temp.resolve("jdk-17"));
    Setting setting = copy.setting().with("JAVA_HOME", old.toString());
    Ended ended = Program.run(setting, command("status"));
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).isEmpty();
    assertThat(ended.errors())
        .contains("no JDK 25 or newer found")
        .contains("JDK 17 in " + old)
        .contains("apt install openjdk-25-jdk");
  }

  @Test
  void runsAnInstalledCopyWithoutSources() throws IOException {
    Path lib = Files.createDirectories(copy.folder().resolve("lib"));
    Files.copy(copy.folder().resolve("program.jar"), lib.resolve("program.jar"));
    Files.delete(copy.folder().resolve("pom.xml"));
    Files.delete(copy.folder().resolve("app/target/gatehouse/lib/program.jar"));
    assertThat(Program.run(copy.setting(), command("status")).code()).isZero();
    assertThat(copy.builds()).isEmpty();
  }

  private static Path oldJdk(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    LauncherCopy.executable(folder.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
    LauncherCopy.executable(folder.resolve("bin/javac"), "#!/bin/sh\nexit 1\n");
    Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"17.0.9\"\n");
    return folder;
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(copy.script().toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
