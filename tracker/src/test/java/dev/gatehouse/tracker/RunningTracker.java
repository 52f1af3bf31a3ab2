package dev.gatehouse.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.tracker.config.TrackerConfig;
import dev.gatehouse.tracker.flow.Surroundings;
import dev.gatehouse.tracker.http.HttpPeer;
import dev.gatehouse.tracker.rule.MemoryRules;
import dev.gatehouse.tracker.rule.OperatorRules;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A tracker at one port of loopback for both protocols, and a client of each. */
final class RunningTracker implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final EventLoops loops = new EventLoops(Transport.AUTO);
  private final Tracker tracker;
  private final HttpPeer http;
  private final DatagramSocket udp;
  private final int port;

  /**
   * What an announce was told.
   *
   * @param ports of the peers
   */
  record Told(int complete, int incomplete, List<Integer> ports) {}

  /** Who announces itself. */
  record Client(String id, int port) {

    static Client of(int number) {
      return new Client("-XX0001-%012d".formatted(number), 10_000 + number);
    }
  }

  RunningTracker(String tracker, Path state) throws Exception {
    loops.start();
    port = freePort();
    this.tracker =
        new Tracker(
            config(tracker),
            certificates(),
            new OperatorRules(new MemoryRules()),
            around(state),
            this::failed);
    this.tracker.start();
    this.tracker.accept();
    http = new HttpPeer(port);
    udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    udp.setSoTimeout(PATIENCE_MILLIS);
  }

  Tracker tracker() {
    return tracker;
  }

  int port() {
    return port;
  }

  /** Has it follow another configuration at the same ports. */
  void follow(String other) {
    tracker.follow(config(other));
  }

  HttpPeer http() {
    return http;
  }

  /** An announce by HTTP, of which the compact answer is read. */
  Told announceByHttp(String hash, Client client, String event, long left, int wanted)
      throws IOException {
    String body =
        http.get(
                "/announce?info_hash=%s&peer_id=%s&port=%d&uploaded=0&downloaded=0&left=%d"
                        .formatted(hash, client.id(), client.port(), left)
                    + "&event="
                    + event
                    + "&numwant="
                    + wanted)
            .body();
    int at = body.indexOf("5:peers") + "5:peers".length();
    int colon = body.indexOf(':', at);
    byte[] peers =
        body.substring(colon + 1, colon + 1 + Integer.parseInt(body.substring(at, colon)))
            .getBytes(ISO_8859_1);
    return new Told(number(body, "8:completei"), number(body, "10:incompletei"), ports(peers, 0));
  }

  private static int number(String body, String key) {
    int from = body.indexOf(key) + key.length();
    return Integer.parseInt(body.substring(from, body.indexOf('e', from)));
  }

  /** The same by UDP. */
  Told announceByUdp(String hash, Client client, int event, long left, int wanted)
      throws IOException {
    ByteBuffer connect = ByteBuffer.allocate(16).putLong(0x0000_0417_2710_1980L).putLong(0x55);
    long id = ByteBuffer.wrap(ask(connect.array())).getLong(8);
    ByteBuffer announce = ByteBuffer.allocate(98);
    announce.putLong(id).putInt(1).putInt(0x55);
    announce.put(hash.getBytes(ISO_8859_1)).put(client.id().getBytes(ISO_8859_1));
    announce.putLong(0).putLong(left).putLong(0).putInt(event).putInt(0).putInt(0);
    announce.putInt(wanted).putShort((short) client.port());
    byte[] answer = ask(announce.array());
    ByteBuffer head = ByteBuffer.wrap(answer);
    return new Told(head.getInt(16), head.getInt(12), ports(answer, 20));
  }

  private static List<Integer> ports(byte[] endpoints, int from) {
    List<Integer> ports = new ArrayList<>();
    for (int at = from; at < endpoints.length; at += 6) {
      ports.add(Short.toUnsignedInt(ByteBuffer.wrap(endpoints).getShort(at + 4)));
    }
    return ports;
  }

  byte[] ask(byte[] packet) throws IOException {
    udp.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
    DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
    udp.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  private TrackerConfig config(String tracker) {
    String ports =
        """
        [[tracker.http]]
        addr = "127.0.0.1:%1$d"
        [[tracker.udp]]
        addr = "127.0.0.1:%1$d"
        workers = 1
        receive_buffer = "64KiB"
        """
            .formatted(port);
    return switch (Configuration.of(root -> TrackerConfig.read(root.section("tracker", "t")))
        .read(ConfigSource.text("gatehouse.toml", tracker + ports))) {
      case ConfigResult.Loaded<TrackerConfig> loaded -> loaded.value();
      case ConfigResult.Refused<TrackerConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }

  private Surroundings around(Path state) {
    return new Surroundings(
        loops,
        Admission.OPEN,
        new EventCounters(),
        Ticker.system(),
        new Random(1),
        Duration.ofSeconds(1),
        state,
        true);
  }

  private static CertificateStore certificates() {
    return new CertificateStore(
        Tracker.SERVICE,
        new CertificateCheck(false, Duration.ofDays(1), false),
        Duration.ofHours(1),
        Engine.best(),
        new EventCounters(),
        Ticker.system());
  }

  private void failed(String name, Throwable cause) {
    throw new AssertionError(name, cause);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
    udp.close();
    try {
      tracker.close();
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      loops.close();
    }
  }
}
