package dev.gatehouse.net.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemsTest {

  @Test
  void sizesAreThoseThatTheJdkSees(@TempDir Path folder) throws IOException {
    FileStore store = Files.getFileStore(folder);
    FilesystemStat stat = Filesystems.stat(folder.toString()).orElseThrow();
    assertThat(stat.blocks() * stat.fragmentSize()).isEqualTo(store.getTotalSpace());
    assertThat(stat.blockSize()).isEqualTo(store.getBlockSize());
    assertThat(stat.freeBlocks()).isBetween(stat.availableBlocks(), stat.blocks());
    assertThat(stat.freeFiles()).isLessThanOrEqualTo(stat.files());
    assertThat(stat.readOnly()).isFalse();
  }

  @Test
  void aFilesystemWithoutBlocksHasNone() {
    assertThat(Filesystems.stat("/proc").orElseThrow().blocks()).isZero();
  }

  @Test
  void aPathThatLeadsNowhereIsEmpty(@TempDir Path folder) {
    assertThat(Filesystems.stat(folder.resolve("absent").toString())).isEmpty();
  }

  @Test
  void aPathIsNotCutAtANul(@TempDir Path folder) {
    assertThat(Filesystems.stat(folder + "\0absent")).isEmpty();
  }

  @Test
  void theFlagOfAReadOnlyMountIsTheFirstBit() {
    assertThat(withFlags(0x1001).readOnly()).isTrue();
    assertThat(withFlags(0x1000).readOnly()).isFalse();
  }

  private static FilesystemStat withFlags(long flags) {
    return new FilesystemStat(1, 1, 1, 1, 1, 1, 1, flags);
  }
}
