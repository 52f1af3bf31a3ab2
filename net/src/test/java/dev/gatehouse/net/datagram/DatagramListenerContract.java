package dev.gatehouse.net.datagram;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.listen.ListenException;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.PartContract;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a port for datagrams promises, by whatever means its sockets are read. */
abstract class DatagramListenerContract extends PartContract {

  static final Endpoint LOOPBACK = new Endpoint(IpAddress.ipv4(0x7f00_0001), 0);
  static final Endpoint ANYWHERE = new Endpoint(IpAddress.ANY_IPV6, 0);

  private static final int MAX = 64;
  private static final int PATIENCE_MILLIS = 10_000;

  @RegisterExtension final LogGuard log = new LogGuard();

  final EventCounters counters = new EventCounters();
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final AtomicInteger handlers = new AtomicInteger();
  private Firewall firewall = Firewall.OPEN;
  private Endpoint endpoint = LOOPBACK;
  private int workers = 1;
  private DatagramListener listener = newListener();

  abstract DatagramListener listener(DatagramSettings settings, Firewall firewall);

  @Override
  protected Part newPart() {
    return newListener();
  }

  @AfterEach
  void close() throws Exception {
    listener.close();
  }

  @Test
  void answersGoToWhoeverAsked() throws Exception {
    begin();
    try (DatagramSocket client = client("127.0.0.1")) {
      send(client, "hello");
      assertThat(receive(client)).isEqualTo("hello!");
      assertThat(seen.take()).isEqualTo("127.0.0.1:" + client.getLocalPort() + " hello");
    }
  }

  @Test
  void whatHasQueuedBeforeIsAnsweredToo() throws Exception {
    listener.start();
    try (DatagramSocket client = client("127.0.0.1")) {
      for (int i = 0; i < 100; i++) {
        send(client, "n" + i);
      }
      listener.accept();
      for (int i = 0; i < 100; i++) {
        assertThat(receive(client)).isEqualTo("n" + i + "!");
      }
    }
    assertThat(counted(Metric.TRACKER_UDP_DATAGRAMS, "in")).isEqualTo(100);
    Await.until("all counted", () -> counted(Metric.TRACKER_UDP_DATAGRAMS, "out") == 100);
    assertThat(counted(Metric.TRACKER_UDP_BYTES, "out")).isEqualTo(10 * 3 + 90 * 4);
  }

  @Test
  void someDatagramsGetNoAnswer() throws Exception {
    begin();
    try (DatagramSocket client = client("127.0.0.1")) {
      send(client, "");
      send(client, "silence");
      send(client, "hello");
      assertThat(receive(client)).isEqualTo("hello!");
    }
  }

  @Test
  void aDatagramThatIsTooLongIsDropped() throws Exception {
    begin();
    try (DatagramSocket client = client("127.0.0.1")) {
      send(client, "x".repeat(MAX + 1));
      send(client, "y".repeat(MAX - 1));
      assertThat(receive(client)).startsWith("yy");
    }
    assertThat(counters.counter(Metric.TRACKER_DROPPED, "udp", "oversize").sum()).isEqualTo(1);
  }

  @Test
  void theFirewallIsAskedBeforeAnybodyReads() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    firewall =
        new Firewall() {
          @Override
          public Optional<Reason> blockedWithReason(IpAddress client) {
            throw new AssertionError("a datagram is no connection");
          }

          @Override
          public Optional<Reason> blockedByRule(IpAddress client) {
            assertThat(client).isEqualTo(IpAddress.ipv4(0x7f00_0001));
            return asked.incrementAndGet() == 1 ? Optional.of(Reason.IP) : Optional.empty();
          }
        };
    listener = newListener();
    begin();
    try (DatagramSocket client = client("127.0.0.1")) {
      send(client, "blocked");
      send(client, "hello");
      assertThat(receive(client)).isEqualTo("hello!");
    }
    assertThat(seen).hasSize(1);
    assertThat(counters.counter(Metric.TRACKER_DROPPED, "udp", "firewall").sum()).isEqualTo(1);
  }

  @Test
  void anAnswerMayComeLate() throws Exception {
    begin();
    try (DatagramSocket client = client("127.0.0.1")) {
      send(client, "later");
      assertThat(receive(client)).isEqualTo("late");
    }
  }

  @Test
  void theWildcardTakesBothFamilies() throws Exception {
    endpoint = ANYWHERE;
    listener = newListener();
    begin();
    try (DatagramSocket four = client("127.0.0.1");
        DatagramSocket six = client("::1")) {
      send(four, "four");
      assertThat(receive(four)).isEqualTo("four!");
      send(six, "six");
      assertThat(receive(six)).isEqualTo("six!");
      assertThat(seen).anyMatch(line -> line.startsWith("::1:"));
    }
    assertThat(listener.boundAddresses())
        .extracting(Endpoint::port)
        .containsOnly(listener.boundAddress().port());
  }

  @Test
  void anOccupiedPortEndsTheStart() throws Exception {
    try (DatagramSocket other = client("127.0.0.1")) {
      endpoint = new Endpoint(IpAddress.ipv4(0x7f00_0001), other.getLocalPort());
      workers = 2;
      listener = newListener();
      assertThatThrownBy(listener::start)
          .isInstanceOf(ListenException.class)
          .hasMessage("tracker.udp " + endpoint + ": Address already in use");
    }
  }

  @Test
  void closingAtOnceIsSafe() throws Exception {
    for (int i = 0; i < 5; i++) {
      DatagramListener brief = newListener();
      brief.start();
      brief.accept();
      brief.close();
    }
    assertThat(handlers.get()).isGreaterThanOrEqualTo(5);
  }

  private long counted(Metric metric, String direction) {
    return counters.counter(metric, endpoint.toString(), direction).sum();
  }

  private void begin() throws Exception {
    listener.start();
    listener.accept();
  }

  DatagramListener newListener(Endpoint at, int sockets) {
    return listener(
        new DatagramSettings("tracker.udp", "tracker", at, sockets, false, 64 * 1024, MAX, MAX),
        firewall);
  }

  private DatagramListener newListener() {
    return newListener(endpoint, workers);
  }

  DatagramHandler handler(LateAnswers late) {
    handlers.incrementAndGet();
    return new DatagramHandler() {
      @Override
      public void begin() {
        // nothing is kept from one batch to the next
      }

      @Override
      public void handle(Datagram in, ByteBuf out) {
        String text = in.content().toString(US_ASCII);
        seen.add(in.address() + ":" + in.port() + " " + text);
        switch (text) {
          case "", "silence" -> {}
          case "later" -> {
            ByteBuf answer = Unpooled.copiedBuffer("late", US_ASCII);
            late.send(answer, in.family(), in.high(), in.low(), in.port());
            answer.release();
          }
          default -> ByteBufUtil.writeAscii(out, text + "!");
        }
      }
    };
  }

  private static DatagramSocket client(String address) throws Exception {
    DatagramSocket client =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0));
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private void send(DatagramSocket client, String text) throws Exception {
    byte[] bytes = text.getBytes(US_ASCII);
    client.send(
        new DatagramPacket(
            bytes,
            bytes.length,
            new InetSocketAddress(client.getLocalAddress(), listener.boundAddress().port())));
  }

  private static String receive(DatagramSocket client) throws Exception {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    client.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
  }

  /** What all answers of one port share, for tests of sharing it. */
  static List<Integer> ports(List<DatagramListener> listeners) {
    return listeners.stream().map(each -> each.boundAddress().port()).toList();
  }
}
