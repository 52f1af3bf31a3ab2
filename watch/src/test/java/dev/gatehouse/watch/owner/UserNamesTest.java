package dev.gatehouse.watch.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserNamesTest {

  @TempDir private Path folder;

  private Path passwd;
  private UserNames names;

  @BeforeEach
  void prepare() {
    passwd = folder.resolve("passwd");
    names = new UserNames(passwd);
  }

  private void write(String text, long changed) throws IOException {
    Files.writeString(passwd, text);
    Files.setLastModifiedTime(passwd, FileTime.fromMillis(changed));
    names.refresh();
  }

  @Test
  void theFirstNameOfANumberCounts() throws IOException {
    write("root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/:/x\nbob:x:1000:1::/:/x\n", 1000);
    assertThat(names.apply(0)).isEqualTo("root");
    assertThat(names.apply(1000)).isEqualTo("alice");
    assertThat(names.apply(7)).isEmpty();
    assertThat(names.apply(-1)).isEmpty();
  }

  @Test
  void malformedLinesAreSkipped() throws IOException {
    write("+nis\n::\nx:x:-1:0\ny:x:99999999999:0\nok:x:5:5\n", 1000);
    assertThat(names.apply(5)).isEqualTo("ok");
    assertThat(names.apply(-1)).isEmpty();
  }

  @Test
  void aHostileNameIsMadeHarmless() throws IOException {
    write("e\u001b[31m" + "v".repeat(100) + ":x:6:6\n", 1000);
    assertThat(names.apply(6)).startsWith("e?[31m").hasSize(64);
  }

  @Test
  void aChangedFileIsReadAgain() throws IOException {
    write("alice:x:1:1\n", 1000);
    write("eve:x:1:1\n", 1000);
    assertThat(names.apply(1)).isEqualTo("alice");
    write("eve:x:1:1\n", 2000);
    assertThat(names.apply(1)).isEqualTo("eve");
  }

  @Test
  void withoutAFileThereAreNoNames() throws IOException {
    names.refresh();
    assertThat(names.apply(0)).isEmpty();
    write("root:x:0:0\n", 1000);
    Files.delete(passwd);
    names.refresh();
    assertThat(names.apply(0)).isEmpty();
  }
}
