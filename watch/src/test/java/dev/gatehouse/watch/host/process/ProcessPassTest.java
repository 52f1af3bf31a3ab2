package dev.gatehouse.watch.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.watch.collector.FixtureTree;
import dev.gatehouse.watch.collector.RecordedSamples;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessPassTest {

  private static final int USER_FLAGS = 0x0040_0000;
  private static final int KERNEL_FLAGS = 0x0020_0040;

  @TempDir Path folder;
  private FixtureTree proc;
  private ProcessPass pass = new ProcessPass(Path.of("none"), 100, 4096);

  @BeforeEach
  void newHost() {
    proc = new FixtureTree(folder).with("version", "Linux").with("99999999/stat", "not a pid");
    pass = new ProcessPass(folder, 100, 4096);
  }

  @Test
  void readsEveryFileOfAProcess() {
    process(7, "nginx", 'S', USER_FLAGS)
        .with(
            "7/status",
            "Name:\tnginx\nUid:\t33\t0\t33\t33\nGid:\t33\t33\t33\t33\nVmSwap:\t     12 kB\n")
        .with("7/io", "rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\n")
        .with(
            "7/limits",
            """
            Limit                     Soft Limit           Hard Limit           Units
            Max open files            1024                 4096                 files
            """)
        .with("7/fd/0", "")
        .with("7/fd/1", "");
    RecordedSamples samples = run();
    assertThat(samples.value(Metric.PROCESS_CPU_SECONDS, "nginx")).isEqualTo(0.29);
    assertThat(samples.value(Metric.PROCESS_MAJOR_PAGE_FAULTS, "nginx")).isEqualTo(12);
    assertThat(samples.value(Metric.PROCESS_THREADS, "nginx")).isEqualTo(20);
    assertThat(samples.value(Metric.PROCESS_MEMORY_BYTES, "nginx", "vms")).isEqualTo(23);
    assertThat(samples.value(Metric.PROCESS_MEMORY_BYTES, "nginx", "rss")).isEqualTo(24 * 4096);
    assertThat(samples.value(Metric.PROCESS_MEMORY_BYTES, "nginx", "swap")).isEqualTo(12 * 1024);
    assertThat(samples.value(Metric.PROCESS_DISK_READ_OPS, "nginx")).isEqualTo(3);
    assertThat(samples.value(Metric.PROCESS_DISK_WRITE_OPS, "nginx")).isEqualTo(4);
    assertThat(samples.value(Metric.PROCESS_DISK_READ_BYTES, "nginx")).isEqualTo(5);
    assertThat(samples.value(Metric.PROCESS_DISK_WRITE_BYTES, "nginx")).isEqualTo(6);
    assertThat(samples.value(Metric.PROCESS_ROOT_PROCS, "nginx")).isOne();
    assertThat(samples.value(Metric.PROCESS_NUM_PROCS, "nginx")).isOne();
    double files = samples.value(Metric.PROCESS_OPEN_FDS, "nginx");
    assertThat(files).isPositive();
    assertThat(samples.value(Metric.PROCESS_WORST_FD_RATIO, "nginx")).isEqualTo(files / 1024);
  }

  @Test
  void aProcessThatEndsBetweenTwoFilesStillCountsWithWhatItTold() {
    process(7, "gone", 'S', USER_FLAGS);
    RecordedSamples samples = run();
    assertThat(samples.value(Metric.PROCESS_CPU_SECONDS, "gone")).isEqualTo(0.29);
    assertThat(samples.value(Metric.PROCESS_ROOT_PROCS, "gone")).isZero();
    assertThat(samples.has(Metric.PROCESS_DISK_READ_BYTES, "gone")).isFalse();
    assertThat(samples.has(Metric.PROCESS_WORST_FD_RATIO, "gone")).isFalse();
  }

  @Test
  void aProcessThatIsGoneAltogetherIsNoTrouble() {
    proc.with("8/status", "Uid:\t0\t0\t0\t0\n");
    assertThat(run().labels(Metric.PROCESS_NUM_PROCS, "group")).isEmpty();
  }

  @Test
  void aThreadOfTheKernelIsNoMemberWhateverItsNameButHasAState() {
    process(2, "nginx", 'I', KERNEL_FLAGS);
    process(7, "kworker/0:1", 'R', USER_FLAGS);
    RecordedSamples samples = run();
    assertThat(samples.labels(Metric.PROCESS_NUM_PROCS, "group")).containsExactly("kworker/0:1");
    assertThat(samples.value(Metric.PROCESS_STATES, "I")).isOne();
    assertThat(samples.value(Metric.PROCESS_STATES, "R")).isOne();
    assertThat(samples.value(Metric.PROCESS_STATES, "Z")).isZero();
    assertThat(samples.labels(Metric.PROCESS_STATES, "state"))
        .containsExactlyInAnyOrder("R", "S", "D", "Z", "T", "t", "I", "X");
  }

  @Test
  void anUnlimitedProcessHasNoRatio() {
    process(7, "free", 'S', USER_FLAGS)
        .with("7/fd/0", "")
        .with("7/limits", "Max open files            unlimited            unlimited  files\n");
    assertThat(run().has(Metric.PROCESS_WORST_FD_RATIO, "free")).isFalse();
  }

  @Test
  void beforeTheFirstRunThereIsNothing() {
    assertThat(RecordedSamples.of(pass).size()).isZero();
  }

  @Test
  void withoutAFolderOfProcessesThereAreNoGroups() {
    ProcessPass nowhere = new ProcessPass(folder.resolve("missing"), 100, 4096);
    nowhere.run(0, 10);
    assertThat(RecordedSamples.of(nowhere).metrics()).containsExactly(Metric.PROCESS_STATES);
  }

  private RecordedSamples run() {
    pass.run(0, 10);
    return RecordedSamples.of(pass);
  }

  /** Fields 4 to 25 are their own numbers but the flags. */
  private FixtureTree process(int pid, String comm, char state, int flags) {
    return proc.with(
        pid + "/stat",
        pid
            + " ("
            + comm
            + ") "
            + state
            + " 4 5 6 7 8 "
            + flags
            + " 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25\n");
  }
}
