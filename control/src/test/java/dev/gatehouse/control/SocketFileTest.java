package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gatehouse.client.GatehouseClient;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketFileTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"OWNER,rw-------", "GROUP,rw-rw----"})
  void publishesWithExactlyTheModeThatWasAskedFor(ControlMode mode, String permissions)
      throws IOException {
    Path path = folder.resolve("control.sock");
    SocketFile file = new SocketFile(new ControlSettings(path, mode, "", Duration.ofSeconds(1)));
    try (ServerSocketChannel _ = Sockets.listen(file.stage())) {
      file.publish();
      assertThat(mode(path)).isEqualTo(permissions);
    }
  }

  /** Of all groups that this process may give a file to, one that a new file does not have. */
  @Test
  void publishesWithTheGroupThatWasAskedForAfterEveryBind() throws IOException {
    String group = isRoot() ? "daemon" : group(folder);
    Path path = folder.resolve("control.sock");
    SocketFile file =
        new SocketFile(new ControlSettings(path, ControlMode.GROUP, group, Duration.ofSeconds(1)));
    for (int start = 0; start < 2; start++) {
      try (ServerSocketChannel _ = Sockets.listen(file.stage())) {
        file.publish();
        assertThat(group(path)).isEqualTo(group);
        assertThat(mode(path)).isEqualTo("rw-rw----");
      }
      file.remove();
    }
  }

  @Test
  void nobodyElseCanEnterWhereTheSocketIsBoundBeforeItIsNarrow() throws IOException {
    SocketFile file = new SocketFile(Sockets.settings(folder.resolve("control.sock")));
    Path bindAt = file.stage();
    assertThat(mode(bindAt.resolveSibling(""))).isEqualTo("rwx------");
    assertThat(folder.relativize(bindAt)).asString().matches("\\.gh[0-9]{6}/s");
    file.remove();
    assertThat(files()).isEmpty();
  }

  @Test
  void makesMissingFoldersForTheOwnerAlone() throws IOException {
    Path path = folder.resolve("state/run/control.sock");
    SocketFile file = new SocketFile(Sockets.settings(path));
    file.stage();
    assertThat(mode(folder.resolve("state"))).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("state/run"))).isEqualTo("rwx------");
  }

  @Test
  void leavesTheModeOfAFolderThatExists() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    new SocketFile(Sockets.settings(folder.resolve("control.sock"))).stage();
    assertThat(mode(folder)).isEqualTo("rwxr-x---");
  }

  @Test
  void replacesASocketWhoseDaemonDied() throws IOException {
    Path path = folder.resolve("control.sock");
    Sockets.leaveStale(path);
    SocketFile file = new SocketFile(Sockets.settings(path));
    try (ServerSocketChannel server = Sockets.listen(file.stage())) {
      file.publish();
      assertThat(server.isOpen()).isTrue();
      assertThat(files()).containsExactly("control.sock");
    }
  }

  @Test
  void refusesASocketOnWhichSomebodyAnswers() throws IOException {
    Path path = folder.resolve("control.sock");
    try (ServerSocketChannel _ = Sockets.listen(path)) {
      assertThatIOException()
          .isThrownBy(() -> new SocketFile(Sockets.settings(path)).stage())
          .withMessage("another Gatehouse answers on %s", path);
      assertThat(files()).containsExactly("control.sock");
    }
  }

  @Test
  void refusesARegularFileAndLeavesItAlone() throws IOException {
    Path path = Files.writeString(folder.resolve("control.sock"), "precious");
    assertRefused(path);
    assertThat(path).hasContent("precious");
  }

  @Test
  void refusesAFolderAndALinkToASocket() throws IOException {
    assertRefused(Files.createDirectory(folder.resolve("a-folder-here")));
    Path stale = folder.resolve("stale.socket");
    Sockets.leaveStale(stale);
    assertRefused(Files.createSymbolicLink(folder.resolve("link-to-socket"), stale));
    assertThat(files()).containsExactly("a-folder-here", "link-to-socket", "stale.socket");
  }

  @Test
  void aPathOf107BytesIsTheLongest() throws IOException {
    Path longest = pathOf(107);
    SocketFile file = new SocketFile(Sockets.settings(longest));
    try (ServerSocketChannel _ = Sockets.listen(file.stage())) {
      file.publish();
      assertThat(longest).exists();
    }
    Path tooLong = pathOf(108);
    assertThatIOException()
        .isThrownBy(() -> new SocketFile(Sockets.settings(tooLong)).stage())
        .withMessage(
            "control socket %s: path of 108 bytes (expected: at most %d); choose a shorter"
                + " ops.control",
            tooLong, GatehouseClient.MAX_SOCKET_PATH_BYTES);
  }

  @Test
  void aShortNameMustLeaveRoomForTheLongerOneAtWhichItIsBound() throws IOException {
    Path deep = Files.createDirectory(pathOf(107 - 12));
    new SocketFile(Sockets.settings(deep.resolve("s"))).stage();
    Path deeper = Files.createDirectory(pathOf(107 - 11));
    assertThatIOException()
        .isThrownBy(() -> new SocketFile(Sockets.settings(deeper.resolve("s"))).stage())
        .withMessageContaining("path of 98 bytes (expected: at most 97)");
  }

  @Test
  void takesItsOwnSocketAwayAndNoOther() throws IOException {
    Path path = folder.resolve("control.sock");
    SocketFile file = new SocketFile(Sockets.settings(path));
    try (ServerSocketChannel _ = Sockets.listen(file.stage())) {
      file.publish();
      Files.delete(path);
      try (ServerSocketChannel _ = Sockets.listen(path)) {
        file.remove();
        file.remove();
        assertThat(path).exists();
      }
    }
    SocketFile second = new SocketFile(Sockets.settings(folder.resolve("second.sock")));
    try (ServerSocketChannel _ = Sockets.listen(second.stage())) {
      second.publish();
      second.remove();
      assertThat(files()).containsExactly("control.sock");
    }
  }

  @Test
  void readsTheModesThatTheConfigurationMayName() {
    assertThat(ControlMode.ofOctal("0600")).contains(ControlMode.OWNER);
    assertThat(ControlMode.ofOctal("0660")).contains(ControlMode.GROUP);
    assertThat(ControlMode.ofOctal("0666")).isEmpty();
  }

  private Path pathOf(int bytes) {
    return folder.resolve("x".repeat(bytes - folder.toString().length() - 1));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertRefused(Path path) {
    assertThatIOException()
        .isThrownBy(() -> new SocketFile(Sockets.settings(path)).stage())
        .withMessage(
            "control socket %s: something else is there (expected: nothing, or a socket);"
                + " move it away",
            path);
  }

  private static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  private static String group(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class).group().getName();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
