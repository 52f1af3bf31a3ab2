package dev.gatehouse.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonOptionTest {

  private static final Path HERE = Path.of("gatehouse-data", "control.sock");

  @TempDir private Path folder;
  private final DaemonOption option = new DaemonOption();

  @Test
  void looksInThisFolderFirstAndThenWhereTheSystemKeepsIt() throws IOException {
    Path system = folder.resolve("system.sock");
    assertThat(option.path(Map.of(), system)).isEqualTo(HERE);
    Files.createFile(system);
    assertThat(option.path(Map.of(), system)).isEqualTo(system);
  }

  @Test
  void theVariableOfCommandsComesBeforeThatOfTheConfiguration() {
    assertThat(option.path(Map.of("GATEHOUSE_OPS_CONTROL", "configured")))
        .isEqualTo(Path.of("configured"));
    assertThat(
            option.path(Map.of("GATEHOUSE_SOCKET", "asked", "GATEHOUSE_OPS_CONTROL", "configured")))
        .isEqualTo(Path.of("asked"));
    assertThat(option.path(Map.of("GATEHOUSE_SOCKET", "", "GATEHOUSE_OPS_CONTROL", "configured")))
        .isEqualTo(Path.of("configured"));
  }
}
