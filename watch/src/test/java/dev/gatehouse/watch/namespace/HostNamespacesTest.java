package dev.gatehouse.watch.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.watch.namespace.Namespaces.Namespace;
import dev.gatehouse.watch.namespace.Namespaces.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostNamespacesTest {

  private static final String HEADING =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
          + "  timeout inode\n";

  @TempDir private Path root;

  private Path proc;
  private Path named;

  @BeforeEach
  void ownNamespace() throws IOException {
    proc = Files.createDirectories(root.resolve("proc"));
    named = Files.createDirectories(root.resolve("netns"));
    Path own = net("self");
    Files.writeString(own.resolve("tcp"), HEADING);
  }

  private Path net(String process) throws IOException {
    return Files.createDirectories(proc.resolve(process + "/net"));
  }

  /** A process in a namespace of its own, in which something listens on a port. */
  private void process(int pid, int port) throws IOException {
    Path net = net(Integer.toString(pid));
    String row =
        "   0: 00000000:%04X 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 %d 1\n"
            .formatted(port, 5000 + port);
    Files.writeString(net.resolve("tcp"), HEADING + row);
    Files.writeString(net.resolve("udp"), HEADING);
  }

  /** A process in the same namespace as another. */
  private void processBeside(int pid, String other) throws IOException {
    Files.createLink(net(Integer.toString(pid)).resolve("tcp"), proc.resolve(other + "/net/tcp"));
  }

  private Reading read(int atMost) {
    return Namespaces.ofHost(proc, named).read(atMost, true);
  }

  @Test
  void processesOfTheOwnNamespaceAreNoOther() throws IOException {
    processBeside(10, "self");
    assertThat(read(64)).isEqualTo(new Reading(List.of(), 0));
  }

  @Test
  void anotherNamespaceIsReadThroughItsLowestPid() throws IOException {
    process(30, 8080);
    processBeside(20, "30");
    Files.writeString(proc.resolve("20/net/udp"), HEADING);
    processBeside(40, "30");
    Reading reading = read(64);
    assertThat(reading.found()).isEqualTo(1);
    Namespace namespace = reading.namespaces().getFirst();
    assertThat(namespace.label()).isEqualTo("pid:20");
    assertThat(namespace.rows()).extracting(SocketRow::localPort).containsExactly(8080);
    assertThat(namespace.complete()).isTrue();
  }

  @Test
  void surplusNamespacesAreCounted() throws IOException {
    process(10, 1);
    process(20, 2);
    process(30, 3);
    Reading reading = read(2);
    assertThat(reading.found()).isEqualTo(3);
    assertThat(reading.namespaces())
        .extracting(Namespace::label)
        .containsExactly("pid:10", "pid:20");
  }

  @Test
  void aTableThatIsNotThereMakesTheNamespaceIncomplete() throws IOException {
    process(10, 1);
    Files.delete(proc.resolve("10/net/udp"));
    assertThat(read(64).namespaces().getFirst().complete()).isFalse();
    assertThat(Namespaces.ofHost(proc, named).read(64, false).namespaces().getFirst().complete())
        .isTrue();
  }

  @Test
  void aContainerGivesTheLabel() throws IOException {
    process(10, 1);
    Files.writeString(proc.resolve("10/cgroup"), "0::/docker/" + "ab".repeat(32) + "\n");
    assertThat(read(64).namespaces().getFirst().label()).isEqualTo("abababababab");
  }

  @Test
  void aReadableLinkGivesItsNumber() throws IOException {
    process(10, 1);
    link(10, "net:[4026532000]");
    assertThat(read(64).namespaces().getFirst().label()).isEqualTo("net:[4026532000]");
  }

  @Test
  void aNamedNamespaceIsCalledByItsName() throws IOException {
    process(10, 1);
    Path name = Files.writeString(named.resolve("blue"), "");
    link(10, "net:[" + Files.getAttribute(name, "unix:ino") + "]");
    assertThat(read(64).namespaces().getFirst().label()).isEqualTo("blue");
  }

  private void link(int pid, String target) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(pid + "/ns"));
    Files.createSymbolicLink(folder.resolve("net"), Path.of(target));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theRealHostCanBeRead() {
    Reading reading = Namespaces.ofHost(Path.of("/proc"), named).read(64, true);
    assertThat(reading.namespaces().size()).isLessThanOrEqualTo(reading.found());
  }
}
