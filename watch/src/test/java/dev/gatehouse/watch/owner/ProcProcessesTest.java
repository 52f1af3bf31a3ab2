package dev.gatehouse.watch.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.watch.process.ProcessStat;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class ProcProcessesTest {

  private static final Path PROC = Path.of("/proc");
  private static final int SELF = (int) ProcessHandle.current().pid();
  private static final int NOBODY = 2_147_483_646;

  private final ProcProcesses host = new ProcProcesses(PROC, Descriptors.of(PROC));

  @TempDir private Path root;

  private static Descriptors descriptors(String kind) {
    return kind.equals("calls") ? new Descriptors.ByCalls() : new Descriptors.ByFiles(PROC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls", "files"})
  void aSocketOfThisProcessIsAmongItsDescriptors(String kind) throws IOException {
    Descriptors descriptors = descriptors(kind);
    try (ServerSocket server = new ServerSocket(0, 1, Inet4Address.ofLiteral("127.0.0.1"))) {
      assertThat(server.isBound()).isTrue();
      Map<Integer, Long> sockets = new HashMap<>();
      int count = descriptors.walk(SELF, (fd, inode) -> sockets.put(fd, inode) == null);
      assertThat(count).isGreaterThanOrEqualTo(sockets.size());
      assertThat(sockets).isNotEmpty();
      sockets.forEach((fd, inode) -> assertThat(descriptors.inodeOf(SELF, fd)).isEqualTo(inode));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls", "files"})
  void theVisitorEndsTheWalk(String kind) throws IOException {
    try (ServerSocket first = new ServerSocket(0, 1, Inet4Address.ofLiteral("127.0.0.1"));
        ServerSocket second = new ServerSocket(0, 1, Inet4Address.ofLiteral("127.0.0.1"))) {
      assertThat(first.isBound() && second.isBound()).isTrue();
      Map<Integer, Long> sockets = new HashMap<>();
      descriptors(kind)
          .walk(
              SELF,
              (fd, inode) -> {
                sockets.put(fd, inode);
                return false;
              });
      assertThat(sockets).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls", "files"})
  void aProcessThatIsGoneIsANumberAndNoException(String kind) {
    assertThat(descriptors(kind).walk(NOBODY, (fd, inode) -> true)).isEqualTo(-2);
    assertThat(descriptors(kind).inodeOf(NOBODY, 0)).isEqualTo(-1);
    assertThat(descriptors(kind).inodeOf(SELF, 999_999)).isEqualTo(-1);
  }

  @Test
  void thisProcessKnowsItself() {
    assertThat(host.self()).isEqualTo(SELF);
    assertThat(host.pids()).contains(SELF).isSorted();
    ProcessStat stat = host.stat(SELF).orElseThrow();
    assertThat(host.name(SELF, stat)).isNotEmpty();
    assertThat(host.exe(SELF)).endsWith("/java");
    assertThat(host.effectiveUid(SELF)).isNotNegative();
  }

  @Test
  void nothingIsKnownOfAProcessThatIsGone() {
    assertThat(host.stat(NOBODY)).isEmpty();
    assertThat(host.effectiveUid(NOBODY)).isEqualTo(-1);
    assertThat(host.cgroup(NOBODY)).isEmpty();
    assertThat(host.exe(NOBODY)).isEmpty();
  }

  @Test
  void theEffectiveUserIsTheSecondNumber() throws IOException {
    Files.createDirectories(root.resolve("7"));
    ProcProcesses fake = new ProcProcesses(root, new Descriptors.ByFiles(root));
    Files.writeString(root.resolve("7/status"), "Name:\tx\nUid:\t1000\t0\t1000\t1000\n");
    assertThat(fake.effectiveUid(7)).isZero();
    Files.writeString(root.resolve("7/status"), "Name:\tx\nUid:\t1000\n");
    assertThat(fake.effectiveUid(7)).isEqualTo(-1);
    Files.writeString(root.resolve("7/status"), "Name:\tUid:\n");
    assertThat(fake.effectiveUid(7)).isEqualTo(-1);
  }

  @Test
  void aReplacedProgramSaysSo() throws IOException {
    Files.createDirectories(root.resolve("7"));
    Files.createSymbolicLink(root.resolve("7/exe"), Path.of("/usr/bin/evil\u001b[1m (deleted)"));
    ProcProcesses fake = new ProcProcesses(root, new Descriptors.ByFiles(root));
    assertThat(fake.exe(7)).isEqualTo("/usr/bin/evil?[1m (deleted)");
  }

  @Test
  void onlyNumbersAreProcesses() throws IOException {
    for (String name : new String[] {"1", "20", "self", "3x", "999999999999"}) {
      Files.createDirectories(root.resolve(name));
    }
    ProcProcesses fake = new ProcProcesses(root, new Descriptors.ByFiles(root));
    assertThat(fake.pids()).containsExactly(1, 20);
  }
}
