package dev.gatehouse.watch.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessIdsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4194304, 4194304",
    "999999999, 999999999",
    "9999999999, 0",
    "self, 0",
    "3x, 0",
    "'', 0",
    "-1, 0",
  })
  void onlyPlainNumbersAreProcesses(String name, int pid) {
    assertThat(ProcessIds.parse(name)).isEqualTo(pid);
  }

  @Test
  void aFolderThatIsNotThereHasNone() {
    assertThat(ProcessIds.below(Path.of("/nonexistent"))).isEmpty();
  }
}
