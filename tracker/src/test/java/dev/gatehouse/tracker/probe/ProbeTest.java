package dev.gatehouse.tracker.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.tracker.probe.Probe.Check;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trackers that do not work, each in its way. */
@Timeout(60)
class ProbeTest {

  private final Probe probe = new Probe(new Random(1));
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void aTrackerThatKnowsNobodyFailsEachCheck() throws Exception {
    String url = http(200, "d8:completei0e10:incompletei0e8:intervali60e5:peers0:e");
    assertThat(run(url, ""))
        .extracting(Check::name, Check::passed, Check::detail)
        .containsExactly(
            tuple("http: alone in a swarm", false, "ports [] (expected: [10001])"),
            tuple("http: alone in another swarm", false, "ports [] (expected: [10002])"),
            tuple("http: two in one swarm", false, "ports [] (expected: [10001])"));
  }

  @Test
  void whateverItFoundNobodyIsLeftBehind() throws Exception {
    run(http(200, "d5:peers0:e"), "");
    assertThat(queries).hasSize(6);
    assertThat(queries.subList(0, 3)).allMatch(query -> query.contains("&event=started"));
    assertThat(queries.subList(3, 6)).allMatch(query -> query.contains("&event=stopped"));
    assertThat(queries.getFirst())
        .contains("info_hash=%", "&port=10001&uploaded=0&downloaded=0&left=100&numwant=50");
  }

  @Test
  void peersOfBothFamiliesAreRead() throws Exception {
    String peer = "\177\0\0\1'\21";
    String peer6 = "\0".repeat(15) + "\1'\22";
    assertThat(run(http(200, "d5:peers6:" + peer + "6:peers618:" + peer6 + "e"), ""))
        .first()
        .extracting(Check::detail)
        .isEqualTo("ports [10001, 10002] (expected: [10001])");
  }

  @Test
  void aRefusalIsToldInItsOwnWords() throws Exception {
    assertThat(run(http(200, "d14:failure reason12:no such teste"), ""))
        .extracting(Check::detail)
        .containsOnly("refused: no such test");
  }

  @Test
  void anAnswerThatIsNoneIsToldAsThat() throws Exception {
    assertThat(run(http(200, "<html>"), "")).extracting(Check::passed).containsOnly(false);
    assertThat(run(http(404, "d5:peers0:e"), ""))
        .extracting(Check::detail)
        .containsOnly("status: 404 (expected: 200)");
  }

  @Test
  void nobodyAtAllIsToldAsThat() throws Exception {
    int port;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(run("http://127.0.0.1:" + port + "/announce", "udp://127.0.0.1:" + port))
        .hasSize(6)
        .allMatch(check -> !check.passed() && !check.detail().isEmpty());
  }

  @Test
  void aDatagramOfAnotherQuestionIsNoAnswer() throws Exception {
    String other = udp(request -> ByteBuffer.allocate(16).putInt(0).putInt(99).rewind());
    assertThat(run("", other))
        .extracting(Check::detail)
        .containsOnly("an answer of 16 bytes to another question");
  }

  @Test
  void aRefusalByUdpIsToldInItsOwnWords() throws Exception {
    String refusing =
        udp(
            request ->
                ByteBuffer.allocate(16)
                    .putInt(3)
                    .putInt(request.getInt(12))
                    .put("no way\0".getBytes(ISO_8859_1))
                    .flip());
    assertThat(run("", refusing)).extracting(Check::detail).containsOnly("refused: no way");
  }

  private List<Check> run(String http, String udp) {
    return probe.run(new Probe.Target(http, udp, Duration.ofMillis(1)));
  }

  private String http(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/announce",
        exchange -> {
          queries.add(exchange.getRequestURI().getRawQuery());
          byte[] bytes = body.getBytes(ISO_8859_1);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/announce";
  }

  /** Answers as long as the socket is open. */
  private String udp(UnaryOperator<ByteBuffer> answers) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    open.add(socket);
    Thread.ofVirtual().start(() -> answer(socket, answers));
    return "udp://127.0.0.1:" + socket.getLocalPort();
  }

  private static void answer(DatagramSocket socket, UnaryOperator<ByteBuffer> answers) {
    try {
      while (true) {
        DatagramPacket request = new DatagramPacket(new byte[2048], 2048);
        socket.receive(request);
        ByteBuffer answer =
            answers.apply(ByteBuffer.wrap(request.getData(), 0, request.getLength()));
        socket.send(new DatagramPacket(answer.array(), answer.limit(), request.getSocketAddress()));
      }
    } catch (IOException _) {
      // the test has ended
    }
  }
}
