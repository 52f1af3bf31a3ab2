package dev.gatehouse.tracker.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.value.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

  @TempDir Path folder;

  @Test
  void aKeyIsMadeOnceAndKept() throws Exception {
    Path state = folder.resolve("state");
    Secret key = KeyFile.in(state, new Random(1));
    assertThat(key.reveal()).matches("[a-zA-Z0-9]{32}");
    assertThat(KeyFile.in(state, new Random(2))).isEqualTo(key);
  }

  @Test
  void nobodyElseMayReadIt() throws Exception {
    KeyFile.in(folder, new Random(1));
    assertThat(Files.getPosixFilePermissions(folder.resolve("tracker.key")))
        .containsOnly(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  @Test
  void anEmptyFileIsNoKey() throws Exception {
    Files.createFile(folder.resolve("tracker.key"));
    assertThatThrownBy(() -> KeyFile.in(folder, new Random(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("remove the file");
  }
}
