package dev.gatehouse.watch.host.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.syscall.FilesystemStat;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.watch.collector.FixtureTree;
import dev.gatehouse.watch.collector.RecordedSamples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FilesystemPassTest {

  private static final FilesystemStat STAT =
      new FilesystemStat(4096, 1024, 1000, 400, 350, 100, 30, 0);

  @RegisterExtension final LogGuard log = new LogGuard();
  @TempDir Path folder;

  private final Map<String, FilesystemStat> answers = new ConcurrentHashMap<>();
  private final CountDownLatch server = new CountDownLatch(1);
  private final AtomicInteger hanging = new AtomicInteger();
  private FilesystemPass pass = new FilesystemPass(Path.of("none"), this::stat, Ticker.system());

  @BeforeEach
  void newHost() {
    new FixtureTree(folder)
        .with("filesystems", "\text4\n")
        .with(
            "1/mountinfo",
            """
            1 1 8:1 / / rw - ext4 /dev/sda1 rw
            2 1 8:2 / /data rw - ext4 /dev/sda2 rw
            3 1 8:3 / /hang rw - ext4 /dev/sda3 rw
            """);
    pass = new FilesystemPass(folder, this::stat, Ticker.system());
    answers.put("/", STAT);
  }

  @AfterEach
  void release() {
    server.countDown();
    pass.close();
  }

  @Test
  void whatIsReservedForRootIsNeitherUsedNorFree() throws Exception {
    run();
    RecordedSamples samples = RecordedSamples.of(pass);
    assertThat(bytes(samples, "total")).isEqualTo(1000 * 1024);
    assertThat(bytes(samples, "used")).isEqualTo(600 * 1024);
    assertThat(bytes(samples, "free")).isEqualTo(350 * 1024);
    assertThat(samples.value(Metric.FILESYSTEM_INODES, "/", "total")).isEqualTo(100);
    assertThat(samples.value(Metric.FILESYSTEM_INODES, "/", "used")).isEqualTo(70);
    assertThat(samples.value(Metric.FILESYSTEM_INODES, "/", "free")).isEqualTo(30);
    assertThat(samples.value(Metric.FILESYSTEM_READONLY, "/")).isZero();
    assertThat(samples.value(Metric.FILESYSTEM_STUCK, "/")).isZero();
  }

  @Test
  void aMountThatRefusesIsLeftOut() throws Exception {
    run();
    assertThat(RecordedSamples.of(pass).labels(Metric.FILESYSTEM_STUCK, "mountpoint"))
        .containsExactly("/");
  }

  @Test
  void aFileSystemThatIsReadOnlyByItselfIsTold() throws Exception {
    answers.put("/", new FilesystemStat(1, 1, 1, 1, 1, 1, 1, FilesystemStat.READ_ONLY));
    run();
    assertThat(RecordedSamples.of(pass).value(Metric.FILESYSTEM_READONLY, "/")).isOne();
  }

  @Test
  void aHangingMountIsStuckAndTheOthersAreMeasured() throws Exception {
    log.expect("mount_stuck");
    log.expect("mount_recovered");
    answers.put("/data", STAT);
    answers.put("/hang", STAT);
    run();
    RecordedSamples samples = RecordedSamples.of(pass);
    assertThat(samples.value(Metric.FILESYSTEM_STUCK, "/hang")).isOne();
    assertThat(samples.value(Metric.FILESYSTEM_STUCK, "/data")).isZero();
    assertThat(samples.labels(Metric.FILESYSTEM_BYTES, "mountpoint")).containsExactly("/", "/data");
    run();
    assertThat(hanging).as("calls that hang after two passes").hasValue(1);
    server.countDown();
    Await.until(
        "recovery",
        () -> {
          run();
          return RecordedSamples.of(pass).value(Metric.FILESYSTEM_STUCK, "/hang") == 0;
        });
    assertThat(log.events("mount_stuck")).hasSize(1);
    assertThat(log.events("mount_recovered").getFirst().fields())
        .containsEntry("mountpoint", "/hang");
    assertThat(RecordedSamples.of(pass).labels(Metric.FILESYSTEM_BYTES, "mountpoint"))
        .contains("/hang");
  }

  @Test
  void aCallThatFailsCostsOnlyItsOwnMount() throws Exception {
    answers.put("/data", STAT);
    pass.close();
    pass =
        new FilesystemPass(
            folder,
            path -> {
              if (path.equals("/")) {
                throw new IllegalStateException("broken");
              }
              return Optional.ofNullable(answers.get(path));
            },
            Ticker.system());
    run();
    assertThat(RecordedSamples.of(pass).labels(Metric.FILESYSTEM_BYTES, "mountpoint"))
        .containsExactly("/data");
  }

  private Optional<FilesystemStat> stat(String path) {
    if (path.equals("/hang") && answers.containsKey(path)) {
      hanging.incrementAndGet();
      try {
        server.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      hanging.decrementAndGet();
    }
    return Optional.ofNullable(answers.get(path));
  }

  private void run() throws InterruptedException {
    pass.run(new FilesystemLimits(Duration.ofMillis(200), type -> false, point -> false));
  }

  private static double bytes(RecordedSamples samples, String type) {
    return samples.value(Metric.FILESYSTEM_BYTES, "/", "/dev/sda1", "ext4", type);
  }
}
