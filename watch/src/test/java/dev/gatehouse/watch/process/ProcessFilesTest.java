package dev.gatehouse.watch.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.watch.procfs.KernelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFilesTest {

  private static final String AFTER_NAME = ") S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 9 0 0\n";

  @TempDir Path proc;

  @Test
  void namesAProcessByItsFirstArgumentIfTheKernelCutTheName() throws IOException {
    write(7, "stat", "7 (systemd-resolve" + AFTER_NAME);
    write(7, "cmdline", "/usr/lib/systemd/systemd-resolved\0--secret=x\0");
    assertThat(name(7)).isEqualTo("systemd-resolved");
  }

  @Test
  void readsOnlyTheBoundedBeginningOfTheArguments() throws IOException {
    String folder = "/" + "d".repeat(ProcessFiles.MAX_FIRST_ARGUMENT_BYTES - 18) + "/";
    write(7, "stat", "7 (systemd-resolve" + AFTER_NAME);
    write(7, "cmdline", folder + "systemd-resolved\0");
    assertThat(name(7)).isEqualTo("systemd-resolved");
    write(7, "cmdline", "/d" + folder.substring(1) + "systemd-resolved\0");
    assertThat(name(7)).isEqualTo("systemd-resolve");
  }

  @Test
  void aProcessThatIsGoneHasNoStateAndOneWithoutArgumentsKeepsItsName() throws IOException {
    assertThat(files().stat(8)).isEmpty();
    write(7, "stat", "7 (fifteen-bytes-x" + AFTER_NAME);
    assertThat(name(7)).isEqualTo("fifteen-bytes-x");
  }

  @Test
  void knowsThisVeryProcess() {
    ProcessFiles live = new ProcessFiles(Path.of("/proc"), new KernelFiles());
    int self = (int) ProcessHandle.current().pid();
    assertThat(live.stat(self))
        .hasValueSatisfying(
            stat -> {
              assertThat(stat.isKernelThread()).isFalse();
              assertThat(stat.residentPages()).isPositive();
              assertThat(stat.threads()).isGreaterThan(1);
              assertThat(live.name(self, stat)).isNotEmpty();
            });
  }

  private String name(int pid) {
    ProcessFiles files = files();
    return files.name(pid, files.stat(pid).orElseThrow());
  }

  private ProcessFiles files() {
    return new ProcessFiles(proc, new KernelFiles());
  }

  private void write(int pid, String name, String content) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Integer.toString(pid)));
    Files.writeString(folder.resolve(name), content);
  }
}
