package dev.gatehouse.net.sockets.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.diag.NetlinkSocketTable;
import dev.gatehouse.net.syscall.OtherJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutNativeAccessTest {

  @Test
  void netlinkIsUnavailableAndTheFilesAnswer(@TempDir Path folder) throws Exception {
    List<String> answers =
        OtherJvm.run(Probe.class, folder.resolve("answers"), OtherJvm.WITHOUT_NATIVE_ACCESS);
    assertThat(answers.get(0)).startsWith("Unavailable[source=NETLINK, reason=native access: ");
    assertThat(answers.get(1)).startsWith("Complete[source=PROC, ");
    assertThat(answers.get(2)).isEqualTo("finds its own listener: true");
  }

  /** Reads the tables of the host in a process with other options. */
  static final class Probe {

    private Probe() {}

    public static void main(String[] args) throws IOException {
      try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        SocketQuery query = SocketQuery.TCP4_LISTENERS;
        Files.write(
            Path.of(args[0]),
            List.of(
                NetlinkSocketTable.ofHost().read(query, _ -> {}).toString(),
                FallbackSocketTable.ofHost(Ticker.system()).read(query, _ -> {}).toString(),
                "finds its own listener: " + owns(listener.getLocalPort())));
      }
    }

    private static boolean owns(int port) {
      return OwnSockets.read() instanceof OwnListeners.Read(var bound)
          && bound.stream().anyMatch(it -> it.port() == port);
    }
  }
}
