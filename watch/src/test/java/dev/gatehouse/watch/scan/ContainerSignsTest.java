package dev.gatehouse.watch.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerSignsTest {

  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void anOrdinaryHostIsNoContainer() throws IOException {
    assertThat(ContainerSigns.inContainer(root)).isFalse();
    write("proc/self/cgroup", "0::/system.slice/gatehouse.service\n");
    assertThat(ContainerSigns.inContainer(root)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {".dockerenv", "run/.containerenv"})
  void anEngineLeavesAFile(String file) throws IOException {
    write(file, "");
    assertThat(ContainerSigns.inContainer(root)).isTrue();
  }

  @Test
  void theControlGroupTellsTheContainer() throws IOException {
    write("proc/self/cgroup", "0::/docker/" + "a".repeat(64) + "\n");
    assertThat(ContainerSigns.inContainer(root)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "docker0, true",
    "podman1, true",
    "cni-podman0, true",
    "br-0a1b2c, true",
    "eth0, false",
    "xdocker0, false",
    "br0, false",
  })
  void interfacesTellTheEngine(String name, boolean engine) throws IOException {
    Files.createDirectories(root.resolve("lo"));
    Files.createDirectories(root.resolve(name));
    assertThat(ContainerSigns.engineInterfaces(root)).isEqualTo(engine);
    assertThat(ContainerSigns.engineInterfaces(root.resolve("none"))).isFalse();
  }
}
