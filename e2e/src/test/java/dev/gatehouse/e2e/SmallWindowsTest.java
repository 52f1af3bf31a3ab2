package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Peers that do not read at every moment, over sockets that hold little, as sockets do at the far
 * end of a long line: either direction waits for itself alone.
 */
@Timeout(60)
class SmallWindowsTest {

  private static final int UP = 1 << 20;
  private static final int DOWN = 8 << 20;
  private static final byte[] HELLO = HelloBytes.named("nobody.example");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"copy", "auto"})
  void aBackendMaySpeakBeforeItListens(String relay) throws Exception {
    assertTransferred(relay, SmallWindowsTest::speakThenListen, DOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "auto"})
  void aBackendMayListenLate(String relay) throws Exception {
    assertTransferred(relay, SmallWindowsTest::listenLate, 0);
  }

  /** The client sends and reads at the same time. */
  private void assertTransferred(String relay, BackendServer.Service service, int down)
      throws Exception {
    String configuration =
        "[ops]\n[proxy]\nidle_timeout = \"5s\"\nrelay = \""
            + relay
            + "\"\n"
            + "[[proxy.listeners]]\naddr = \"127.0.0.1:443\"\n"
            + Host.routes();
    try (Host host = new Host(folder, configuration);
        ExecutorService sender = Executors.newSingleThreadExecutor()) {
      makeSocketsSmall(host);
      try (BackendServer backend = BackendServer.start(host.inside(), 8009, service);
          Client client = host.connect("127.0.0.2")) {
        client.send(HELLO);
        sender.execute(() -> client.send(new byte[UP]).finish());
        Client.Ending ending = client.end();
        assertThat(ending.reset()).isFalse();
        assertThat(ending.received()).hasSize(down);
        assertThat(backend.nextRecorded()).hasSize(HELLO.length + UP);
      }
    }
  }

  private static void makeSocketsSmall(Host host) {
    for (List<String> command :
        List.of(
            List.of("sysctl", "-w", "net.ipv4.tcp_wmem=4096 16384 32768"),
            List.of("sysctl", "-w", "net.ipv4.tcp_rmem=4096 16384 32768"),
            List.of("ip", "link", "set", "lo", "mtu", "1500"))) {
      Program.Ended ended = host.run(command);
      assertThat(ended.code()).as(ended.errors()).isZero();
    }
  }

  private static void speakThenListen(BackendServer server, SocketChannel connection)
      throws IOException {
    pause();
    ByteBuffer speech = ByteBuffer.allocate(DOWN);
    while (speech.hasRemaining()) {
      connection.write(speech);
    }
    BackendServer.record(server, connection);
  }

  private static void listenLate(BackendServer server, SocketChannel connection)
      throws IOException {
    pause();
    BackendServer.record(server, connection);
  }

  /** Until all that lies between client and backend is full. */
  private static void pause() {
    new CompletableFuture<>().completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
  }
}
