package dev.gatehouse.net.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketLinksTest {

  private static final int ENOENT = 2;
  private static final int NO_SUCH_PROCESS = Integer.MAX_VALUE;

  private final SocketLinks links = new SocketLinks();

  @AfterEach
  void close() {
    links.close();
  }

  @Test
  void walksTheSocketsOfOnesOwnProcessAsTheJdkSeesThem() throws IOException {
    try (ServerSocket _ = listener();
        ServerSocket _ = listener()) {
      Map<Integer, Long> found = new HashMap<>();
      int seen =
          links.walk(
              SocketLinks.SELF,
              (fd, inode) -> {
                found.put(fd, inode);
                return true;
              });
      assertThat(seen).isGreaterThan(found.size());
      assertThat(found).hasSizeGreaterThanOrEqualTo(2).isEqualTo(byJdk());
    }
  }

  @Test
  void aProcessNumberMeansThatProcess() throws IOException {
    int pid = (int) ProcessHandle.current().pid();
    try (ServerSocket _ = listener()) {
      List<Long> bySelf = inodes(SocketLinks.SELF);
      assertThat(bySelf).isNotEmpty();
      assertThat(inodes(pid)).isEqualTo(bySelf);
    }
  }

  @Test
  void stopsWhenTheVisitorHasSeenEnough() throws IOException {
    try (ServerSocket _ = listener();
        ServerSocket _ = listener()) {
      List<Long> found = new ArrayList<>();
      links.walk(SocketLinks.SELF, (_, inode) -> !found.add(inode));
      assertThat(found).hasSize(1);
    }
  }

  @Test
  void looksAtNoMoreDescriptorsThanTheLimit() {
    int all = links.walk(SocketLinks.SELF, (_, _) -> true);
    assertThat(walkedWithin(all - 1)).isEqualTo(all - 1);
    assertThat(walkedWithin(all)).isEqualTo(all);
    assertThat(walkedWithin(all + 1)).isEqualTo(all);
  }

  @Test
  void aProcessThatIsGoneIsAnErrorNumber() {
    assertThat(links.walk(NO_SUCH_PROCESS, (_, _) -> true)).isEqualTo(-ENOENT);
    assertThat(links.inodeOf(NO_SUCH_PROCESS, 0)).isEqualTo(-1);
  }

  @Test
  void namesTheInodeOfOneDescriptor() throws IOException {
    try (ServerSocket _ = listener()) {
      Map<Integer, Long> sockets = byJdk();
      assertThat(sockets).isNotEmpty();
      sockets.forEach(
          (fd, inode) -> assertThat(links.inodeOf(SocketLinks.SELF, fd)).isEqualTo(inode));
    }
  }

  @Test
  void aDescriptorThatIsNoSocketHasNoInode() throws IOException {
    int file = descriptorOf(Path.of(System.getProperty("java.home"), "lib", "modules"));
    assertThat(links.inodeOf(SocketLinks.SELF, file)).isEqualTo(-1);
  }

  @Test
  void leavesNoDescriptorOpen() {
    int before = links.walk(SocketLinks.SELF, (_, _) -> true);
    for (int i = 0; i < 100; i++) {
      links.walk(SocketLinks.SELF, (_, _) -> false);
    }
    // other threads of the test may open a file meanwhile, but not a hundred
    assertThat(links.walk(SocketLinks.SELF, (_, _) -> true)).isLessThan(before + 50);
  }

  @Test
  void anotherThreadMayWalkAndClose() {
    int seen =
        CompletableFuture.supplyAsync(
                () -> {
                  int walked = links.walk(SocketLinks.SELF, (_, _) -> true);
                  links.close();
                  return walked;
                })
            .join();
    assertThat(seen).isPositive();
  }

  private static int walkedWithin(int maxFds) {
    try (SocketLinks limited = new SocketLinks(maxFds)) {
      return limited.walk(SocketLinks.SELF, (_, _) -> true);
    }
  }

  private List<Long> inodes(int pid) {
    List<Long> found = new ArrayList<>();
    links.walk(pid, (_, inode) -> found.add(inode));
    return found;
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static Map<Integer, Long> byJdk() throws IOException {
    Map<Integer, Long> sockets = new HashMap<>();
    for (Map.Entry<Integer, String> link : targets().entrySet()) {
      if (link.getValue().startsWith("socket:[")) {
        String inode = link.getValue().substring(8, link.getValue().length() - 1);
        sockets.put(link.getKey(), Long.valueOf(inode));
      }
    }
    return sockets;
  }

  private static int descriptorOf(Path file) throws IOException {
    return targets().entrySet().stream()
        .filter(link -> link.getValue().equals(file.toString()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static Map<Integer, String> targets() throws IOException {
    Map<Integer, String> targets = new HashMap<>();
    try (var folder = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path link : folder) {
        // the descriptor of this listing is gone before it is read
        if (Files.isSymbolicLink(link)) {
          targets.put(
              Integer.valueOf(link.getFileName().toString()),
              Files.readSymbolicLink(link).toString());
        }
      }
    }
    return targets;
  }
}
