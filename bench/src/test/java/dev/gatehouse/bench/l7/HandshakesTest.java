package dev.gatehouse.bench.l7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HandshakesTest {

  private static final Duration TIME = Duration.ofSeconds(2);
  private static final String HOST = "www.example.org";

  @TempDir private Path folder;
  private TlsServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TlsServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areOfTheKindThatIsAskedFor(boolean resumed) throws Exception {
    try (TlsClient client = new TlsClient(HOST, resumed)) {
      assertThat(new Handshakes(client, TlsServer.PATH, TIME, resumed).through(server.port()))
          .isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countForNothingWhenTheyAreOfTheOtherKind(boolean resumed) throws Exception {
    try (TlsClient client = new TlsClient(HOST, !resumed)) {
      Handshakes handshakes = new Handshakes(client, TlsServer.PATH, TIME, resumed);

      assertThatThrownBy(() -> handshakes.through(server.port()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(resumed ? "handshakes were resumed" : "handshakes were full");
    }
  }

  @Test
  void failWithAnAnswerThatIsNone() throws Exception {
    try (TlsClient client = new TlsClient(HOST, false)) {
      assertThatThrownBy(() -> client.ask(server.port(), "/unknown"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("answered 404 Not Found (expected: 200)");
    }
  }

  @Test
  void failWhereNobodyListens() throws Exception {
    int port = unused();
    try (TlsClient client = new TlsClient(HOST, false)) {
      assertThatThrownBy(() -> client.ask(port, TlsServer.PATH))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refused");
    }
  }

  private static int unused() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
