package dev.gatehouse.net.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeAccessTest {

  @TempDir private Path folder;

  @Test
  void isGrantedToTheTests() {
    assertThat(NativeAccess.refusal()).isEmpty();
  }

  @Test
  void aRefusalIsAReasonAndNoError() throws Exception {
    assertThat(probe(OtherJvm.WITHOUT_NATIVE_ACCESS))
        .first()
        .asString()
        .startsWith("refused: native access: ");
  }

  @Test
  void anotherOperatingSystemIsNamed() throws Exception {
    assertThat(probe("--enable-native-access=ALL-UNNAMED", "-Dos.name=Plan 9"))
        .first()
        .isEqualTo("refused: operating system: Plan 9 (expected: Linux)");
  }

  @Test
  void whatNeedsNoNativeAccessIsAnsweredWithoutIt() throws Exception {
    assertThat(probe(OtherJvm.WITHOUT_NATIVE_ACCESS))
        .contains("filesystem: Optional.empty", "ticks: 100", "page: 4096");
  }

  @Test
  void aWalkerIsNotBuiltWithoutNativeAccess() throws Exception {
    assertThat(probe(OtherJvm.WITHOUT_NATIVE_ACCESS)).contains("walker: refused");
  }

  private List<String> probe(String... options) throws Exception {
    return OtherJvm.run(Probe.class, folder.resolve("answers"), options);
  }

  /** Says what it finds in a process with other options. */
  static final class Probe {

    private Probe() {}

    public static void main(String[] args) throws IOException {
      Files.write(
          Path.of(args[0]),
          List.of(
              "refused: " + NativeAccess.refusal().orElse("no"),
              "filesystem: " + Filesystems.stat("/"),
              "ticks: " + SystemConstants.clockTicksPerSecond(),
              "page: " + SystemConstants.pageSize(),
              "walker: " + walker()));
    }

    private static String walker() {
      try (SocketLinks links = new SocketLinks()) {
        return "walked " + links.walk(SocketLinks.SELF, (_, _) -> true);
      } catch (UnsupportedOperationException refused) {
        return "refused";
      }
    }
  }
}
