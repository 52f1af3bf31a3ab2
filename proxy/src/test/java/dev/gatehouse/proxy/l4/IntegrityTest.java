package dev.gatehouse.proxy.l4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.proxy.Backend;
import dev.gatehouse.proxy.Hellos;
import dev.gatehouse.proxy.Pattern;
import dev.gatehouse.proxy.RunningProxy;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every byte arrives, whichever way it is moved, whoever ends first and however. */
@ExtendWith(LeakGuard.class)
class IntegrityTest {

  private static final byte[] HELLO = Hellos.named("git.example.org");
  private static final int KB = 1000;
  private static final int MB = 1000 * KB;
  private static final long[] SIZES = {0, 1, KB, 40 * KB, 64 * KB, 70 * KB, 200 * KB, MB, 5 * MB};
  private static final long LARGE = 200 * MB;

  /** How bytes are moved. */
  enum Relay {
    COPY(Transport.AUTO, "relay = \"copy\""),
    NIO(Transport.NIO, "relay = \"auto\""),
    SPLICE_AT_ONCE(Transport.AUTO, "splice_after = 0"),
    SPLICE(Transport.AUTO, "relay = \"splice\"");

    private final Transport transport;
    private final String keys;

    Relay(Transport transport, String keys) {
      this.transport = transport;
      this.keys = keys;
    }
  }

  /** Who sends. */
  enum Direction {
    UP,
    DOWN,
    BOTH;

    boolean up() {
      return this != DOWN;
    }

    boolean down() {
      return this != UP;
    }
  }

  /** Who ends first, and how. */
  enum End {
    CLIENT_FIN(1, 1),
    BACKEND_FIN(1, 1),
    CLIENT_RESET(1, 2),
    BACKEND_RESET(2, 1);

    private final int marksFromClient;
    private final int marksFromBackend;

    /** Bytes by which each says that it has got all. */
    End(int marksFromClient, int marksFromBackend) {
      this.marksFromClient = marksFromClient;
      this.marksFromBackend = marksFromBackend;
    }
  }

  record Transfer(long size, Direction direction, End end, boolean slow, int segment) {

    long up() {
      return direction.up() ? size : 0;
    }

    long down() {
      return direction.down() ? size : 0;
    }
  }

  static Stream<Arguments> transfers() {
    Stream.Builder<Arguments> all = Stream.builder();
    for (Relay relay : Relay.values()) {
      for (Direction direction : Direction.values()) {
        for (End end : End.values()) {
          for (long size : SIZES) {
            all.add(Arguments.of(relay, new Transfer(size, direction, end, false, 64 * KB)));
          }
          all.add(Arguments.of(relay, new Transfer(MB, direction, end, true, 64 * KB)));
          all.add(Arguments.of(relay, new Transfer(70 * KB, direction, end, false, 100)));
          all.add(Arguments.of(relay, new Transfer(3 * KB, direction, end, false, 1)));
        }
      }
      all.add(Arguments.of(relay, new Transfer(LARGE, Direction.BOTH, End.CLIENT_FIN, false, MB)));
    }
    return all.build();
  }

  @ParameterizedTest
  @MethodSource("transfers")
  void everyByteArrivesAndTheEndIsToldAsItWas(Relay relay, Transfer transfer) throws Exception {
    try (Backend backend = new Backend(socket -> serve(socket, transfer));
        RunningProxy proxy = new RunningProxy(relay.transport, config(relay, backend))) {
      try (Socket client = proxy.connect()) {
        use(client, transfer);
      }
      backend.awaitServed();
      Await.until(
          "the connection is accounted for",
          () -> proxy.metric(Metric.PROXY_CLOSED, "git.example.org") == 1);
      assertThat((long) proxy.metric(Metric.PROXY_BYTES, "from_client"))
          .isEqualTo(HELLO.length + transfer.up() + transfer.end().marksFromClient);
      assertThat((long) proxy.metric(Metric.PROXY_BYTES, "from_backend"))
          .isEqualTo(transfer.down() + transfer.end().marksFromBackend);
      assertThat(proxy.metric(Metric.PROXY_CONNECTIONS)).isZero();
      assertThat(proxy.metric(Metric.PROXY_SPLICED_CONNECTIONS)).isZero();
    }
  }

  /** Both directions at once; then each side says that it has got all, before anybody ends. */
  private static void use(Socket client, Transfer transfer) throws Exception {
    client.getOutputStream().write(HELLO);
    exchange(client, transfer.up(), transfer.down(), transfer);
    switch (transfer.end()) {
      case CLIENT_FIN -> {
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      case BACKEND_FIN -> assertThat(client.getInputStream().read()).isEqualTo(-1);
      case CLIENT_RESET -> resetOnceAllArrived(client);
      case BACKEND_RESET -> assertIsReset(client);
    }
  }

  private static void serve(Socket socket, Transfer transfer) throws Exception {
    assertThat(socket.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    exchange(socket, transfer.down(), transfer.up(), transfer);
    switch (transfer.end()) {
      case CLIENT_FIN -> assertThat(socket.getInputStream().read()).isEqualTo(-1);
      case BACKEND_FIN -> {
        socket.shutdownOutput();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
      case CLIENT_RESET -> assertIsReset(socket);
      case BACKEND_RESET -> resetOnceAllArrived(socket);
    }
  }

  private static void exchange(Socket socket, long sent, long received, Transfer transfer)
      throws Exception {
    CompletableFuture<Void> sending = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> send(socket, sent, transfer.segment(), sending));
    assertThat(Pattern.receive(socket.getInputStream(), received, transfer.slow()))
        .isEqualTo(received);
    sending.get();
    socket.getOutputStream().write('!');
    assertThat(socket.getInputStream().read()).isEqualTo('!');
  }

  private static void send(Socket socket, long bytes, int segment, CompletableFuture<Void> done) {
    try {
      Pattern.send(socket.getOutputStream(), bytes, segment);
      done.complete(null);
    } catch (IOException e) {
      done.completeExceptionally(e);
    }
  }

  /** A reset discards what has arrived and was not read yet. */
  private static void resetOnceAllArrived(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read()).isEqualTo('.');
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void assertIsReset(Socket socket) throws IOException {
    socket.getOutputStream().write('.');
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("reset");
  }

  private static String config(Relay relay, Backend backend) {
    return """
        [proxy]
        %s
        [[proxy.listeners]]
        addr = "127.0.0.1:1"
        [[proxy.listeners.routes]]
        hostname = "git.example.org"
        backend = "%s"
        """
        .formatted(relay.keys, backend.address());
  }
}
