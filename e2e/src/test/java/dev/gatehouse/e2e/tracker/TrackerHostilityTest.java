package dev.gatehouse.e2e.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.ProcessFigures;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever strangers send, memory stays bounded, errors are counted and others are served. */
@Timeout(90)
class TrackerHostilityTest {

  private static final int GARBAGE = 20_000;
  private static final int TORRENTS = 100_000;
  private static final int MAX_PEERS = 20_000;

  /** More than a bucket of refusals for one address. */
  private static final int MOST_REFUSALS = 10;

  private static final int ERROR_REPLY = 26;

  private static final String CONFIGURATION =
      TrackerHost.OPEN.replace(
              "[[tracker.udp]]", "read_timeout = \"1s\"\nmax_connections = 200\n[[tracker.udp]]")
          + "[tracker.limits]\nmax_peers = "
          + MAX_PEERS
          + "\nerror_reply_window = \"60s\"\n";

  @TempDir private Path folder;
  private TrackerHost host;
  private Announcer stranger;

  @BeforeEach
  void open() {
    host = new TrackerHost(folder, CONFIGURATION);
    stranger = host.from("127.0.0.66");
  }

  @AfterEach
  void close() {
    stranger.close();
    host.close();
  }

  @Test
  void garbageDrawsLittleAndHarmsNobody() throws Exception {
    Random random = new Random(7);
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < GARBAGE; i++) {
      byte[] datagram = new byte[random.nextInt(300)];
      random.nextBytes(datagram);
      if (datagram.length > 16 && random.nextBoolean()) {
        // what looks like a request, cut anywhere
        ByteBuffer.wrap(datagram).putInt(8, random.nextInt(6));
      }
      stranger.tell(datagram);
      if (i % 100 == 0) {
        collect(answers);
      }
    }
    collect(answers);
    assertThat(answers)
        .hasSizeLessThanOrEqualTo(MOST_REFUSALS)
        .allMatch(size -> size <= ERROR_REPLY);
    assertThat(dropped("malformed packet")).isPositive();
    assertThat(dropped("rate limit")).isPositive();
    assertThatOthersAreServed();
  }

  private void collect(List<Integer> answers) throws Exception {
    Optional<ByteBuffer> answer = stranger.receive(Duration.ofMillis(1));
    while (answer.isPresent()) {
      answers.add(answer.get().remaining());
      answer = stranger.receive(Duration.ofMillis(1));
    }
  }

  private double dropped(String reason) {
    return host.daemon()
        .metric(
            "gatehouse_tracker_dropped_total{protocol=\"udp\",reason=\"%s\"}".formatted(reason));
  }

  @Test
  void whoSpeaksSlowlyIsCutOffInTime() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket socket = stranger.connected();
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("GET /announce?".getBytes(StandardCharsets.US_ASCII));
      slow.add(socket);
    }
    assertThatOthersAreServed();
    for (Socket socket : slow) {
      assertThat(rest(socket)).matches("|HTTP/1.1 408 (?s:.*)Request timeout");
      socket.close();
    }
    assertThatOthersAreServed();
  }

  @Test
  void hugeRequestsAreRefused() throws Exception {
    assertThat(said("GET /announce?" + "a".repeat(100_000) + " HTTP/1.1\r\n\r\n"))
        .matches("|HTTP/1.1 431 (?s:.*)");
    assertThat(said("GET /announce?" + "&a=1".repeat(3000) + " HTTP/1.0\r\n\r\n"))
        .contains("HTTP/1.1 200 ", "failure reason");
    assertThat(said("GET /scrape?" + "&info_hash=%aa".repeat(1000) + " HTTP/1.0\r\n\r\n"))
        .contains("HTTP/1.1 200 ", "no info hash supplied");
    assertThat(said("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(20_000) + "\r\n"))
        .matches("|HTTP/1.1 431 (?s:.*)");
    assertThat(said("POST /announce HTTP/1.1\r\nContent-Length: 1000000000\r\n\r\n"))
        .startsWith("HTTP/1.1 4");
    assertThatOthersAreServed();
  }

  @Test
  void anAddressThatKnowsEveryTorrentDoesNotFillTheMemory() throws Exception {
    ProcessFigures figures = ProcessFigures.of(host.daemon());
    long id = stranger.connect();
    flood(id, 0, TORRENTS / 2);
    long half = figures.rssKib();
    flood(id, TORRENTS / 2, TORRENTS);
    long whole = figures.rssKib();
    System.out.printf("after 50,000 and 100,000 torrents: RSS %d, %d KiB%n", half, whole);
    assertThat(whole - half).as("KiB for 50,000 torrents that are not kept").isLessThan(48 * 1024);
    assertThat(host.daemon().metric("gatehouse_tracker_storage_rejected_total{reason=\"full\"}"))
        .isEqualTo(TORRENTS - MAX_PEERS);
    assertThat(host.daemon().metric("gatehouse_tracker_storage_peers{address_family=\"IPv4\"}"))
        .isEqualTo(MAX_PEERS);
    assertThatOthersAreServed();
  }

  /** An announce of each of these torrents; each is answered before there are many more. */
  private void flood(long id, int from, int to) throws Exception {
    ByteBuffer request = ByteBuffer.allocate(98).putLong(id).putInt(1).putInt(55);
    request.put(36, "-TR3000-000000000001".getBytes(StandardCharsets.US_ASCII));
    request.putLong(64, 1).putInt(92, 50).putShort(96, (short) 6881);
    for (int torrent = from; torrent < to; torrent++) {
      request.putInt(16, torrent * 0x9e37_79b1).putInt(20, torrent);
      stranger.tell(request.array());
      if (torrent % 50 == 49) {
        for (int i = 0; i < 50; i++) {
          assertThat(stranger.receive(Duration.ofSeconds(5))).isPresent();
        }
      }
    }
  }

  private String said(String request) throws Exception {
    try {
      return stranger.speak(request);
    } catch (SocketException _) {
      return "";
    }
  }

  private static String rest(Socket socket) throws Exception {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (SocketException _) {
      return "";
    }
  }

  private void assertThatOthersAreServed() throws Exception {
    try (Announcer other = host.from("127.0.0.7")) {
      assertThat(other.connect()).isNotZero();
      assertThat(other.dictionary("/scrape?info_hash=" + Recording.escaped(1)))
          .containsKey("files");
    }
  }
}
