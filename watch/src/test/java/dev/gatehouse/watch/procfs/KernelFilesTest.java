package dev.gatehouse.watch.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFilesTest {

  @TempDir Path folder;
  private final KernelFiles files = new KernelFiles();

  @Test
  void aMissingFileAndAFolderAreEmpty() {
    assertThat(files.read(folder.resolve("missing")).isEmpty()).isTrue();
    assertThat(files.read(folder).isEmpty()).isTrue();
  }

  @Test
  void readsAFileGreaterThanTheFirstBuffer() throws IOException {
    TextCursor cursor = files.read(file("x ".repeat(100_000) + "\nlast 7\n"));
    assertThat(cursor.lineOf("last")).isTrue();
    assertThat(cursor.number()).isEqualTo(7);
  }

  @Test
  void aLaterSmallerFileShowsNothingOfAnEarlierOne() throws IOException {
    files.read(file("old 1\nolder 2\n"));
    TextCursor cursor = files.read(file("new 3"));
    assertThat(cursor.lineOf("new")).isTrue();
    assertThat(cursor.number()).isEqualTo(3);
    assertThat(cursor.nextLine()).isFalse();
  }

  @Test
  void readsUpToTheLimitAndNotOneByteMore() throws IOException {
    Path file = file("12345");
    assertThat(files.load(file, 5)).isEqualTo(5);
    assertThat(files.load(file, 4)).isEqualTo(4);
  }

  @Test
  void readsNoMoreThanTheLimitOfAnyFile() throws IOException {
    Path file = folder.resolve("endless");
    Files.write(file, new byte[KernelFiles.MAX_BYTES + 1]);
    assertThat(files.load(file, Integer.MAX_VALUE)).isEqualTo(KernelFiles.MAX_BYTES);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "file", ""), content);
  }
}
