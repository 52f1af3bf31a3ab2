package dev.gatehouse.net.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.descriptor.DescriptorBudget;
import dev.gatehouse.net.firewall.CountryLookup;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.net.firewall.RateLimit;
import dev.gatehouse.net.firewall.RuleFirewall;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

/** More than a listener takes, over real sockets: what is refused, and who notices. */
@ExtendWith(LeakGuard.class)
class ListenerFloodTest {

  private static final IpAddress LOOPBACK = address("127.0.0.1");
  private static final Guard NO_HEADER = new Guard(false, List.of(), 0);
  private static final Cidr TRUSTED = new Cidr(address("127.0.0.0"), 8);
  private static final Duration PATIENT = Duration.ofSeconds(60);
  private static final String PING = "ping";

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final EventCounters counters = new EventCounters();
  private final ManualTicker ticker = new ManualTicker();
  private final RuleFirewall firewall = new RuleFirewall(CountryLookup.NONE, ticker, counters);
  private final List<Socket> clients = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final EventLoops loops = new EventLoops(Transport.AUTO);
  private DescriptorBudget descriptors = DescriptorBudget.UNLIMITED;

  @BeforeEach
  void startLoops() {
    loops.start();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    listeners.forEach(Listener::close);
    loops.close();
  }

  @Test
  void whoFindsNoDescriptorsIsResetUntilSomeAreGivenBack() throws Exception {
    logs.expect("fd_short");
    descriptors = DescriptorBudget.ofFiles(16);
    Listener listener = listener(NO_HEADER, PATIENT);
    Socket first = connect(listener);
    assertThat(answers(first, "")).isTrue();
    assertThat(answers(connect(listener), "")).isTrue();
    assertThat(answers(connect(listener), "")).isTrue();

    assertThat(answers(connect(listener), "")).isFalse();
    assertThat(answers(connect(listener), "")).isFalse();
    assertThat(counted(Metric.LISTENER_REFUSED, "fd_limit")).isEqualTo(2);
    assertThat(logs.events("fd_short")).hasSize(1);

    first.close();
    Await.until("descriptors are given back", () -> descriptors.held() == 4);
    assertThat(answers(connect(listener), "")).isTrue();
    assertThat(logs.events("fd_resumed")).hasSize(1);
  }

  @Test
  void aShortageOfDescriptorsIsOneOfAllListeners() throws Exception {
    logs.expect("fd_short");
    descriptors = DescriptorBudget.ofFiles(16);
    Listener first = listener(NO_HEADER, PATIENT);
    Listener second = listener(NO_HEADER, PATIENT);
    assertThat(answers(connect(first), "")).isTrue();
    assertThat(answers(connect(first), "")).isTrue();
    assertThat(answers(connect(second), "")).isTrue();
    assertThat(answers(connect(second), "")).isFalse();
  }

  @Test
  void clientsThatNeverSendAreBoundedInNumberAndInTime() throws Exception {
    int most = 500;
    Listener listener = listener(new Guard(true, List.of(TRUSTED), most), Duration.ofMillis(2500));
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      silent.add(connect(listener));
      assertThat(listener.connections()).isLessThanOrEqualTo(most);
    }
    Await.until("the deadline", () -> listener.connections() == 0 && ended() == silent.size());
    for (Socket client : silent) {
      assertThat(hears(client)).as("a byte").isFalse();
    }
    assertThat(counted(Metric.LISTENER_REFUSED, "listener_limit")).isPositive();
    assertThat(answers(connect(listener), header("192.0.2.10"))).isTrue();
  }

  @Test
  void aFloodOverTheRateIsTroubleForNobodyElseAndForNoLog() throws Exception {
    firewall.rate(new RateLimit(20, Duration.ofSeconds(10), 1024));
    Listener listener = listener(new Guard(true, List.of(TRUSTED), 0), PATIENT);
    int flooding = 0;
    for (int i = 0; i < 500; i++) {
      flooding += answers(connect(listener), header("192.0.2.66")) ? 1 : 0;
      if (i % 50 == 0) {
        assertThat(answers(connect(listener), header("192.0.2.10"))).isTrue();
      }
    }
    assertThat(flooding).isEqualTo(20);
    assertThat(counted(Metric.FIREWALL_BLOCKED, "rate_limit")).isEqualTo(480);
    assertThat(logs.events("firewall_blocked"))
        .hasSize(480)
        .allSatisfy(line -> assertThat(line.level()).isEqualTo(Level.DEBUG));

    ticker.advance(Duration.ofSeconds(20));
    assertThat(answers(connect(listener), header("192.0.2.66"))).as("later").isTrue();
  }

  @Test
  void aMappedAddressIsJudgedAsTheIpv4AddressThatItIs() throws Exception {
    firewall.rules(
        new FirewallRules(
            Set.of(address("192.0.2.66")), Set.of(new Cidr(address("203.0.113.0"), 24)), Set.of()));
    Listener listener = listener(new Guard(true, List.of(TRUSTED), 0), PATIENT);
    assertThat(answers(connect(listener), mapped("192.0.2.66"))).isFalse();
    assertThat(answers(connect(listener), mapped("203.0.113.9"))).isFalse();
    assertThat(answers(connect(listener), mapped("192.0.2.67"))).isTrue();
    assertThat(counted(Metric.FIREWALL_BLOCKED, "ip")).isEqualTo(1);
    assertThat(counted(Metric.FIREWALL_BLOCKED, "cidr")).isEqualTo(1);
  }

  private Listener listener(Guard guard, Duration headerTimeout) throws IOException {
    var settings =
        new ListenerSettings(
            "test.listen",
            "test",
            new Endpoint(LOOPBACK, 0),
            1024,
            guard,
            headerTimeout,
            Duration.ofMillis(500),
            false);
    Admission admission =
        new Admission(Admission.AddressLimit.NONE, firewall, descriptors, 1).costing(2);
    var listener =
        new Listener(
            settings, loops, admission, counters, ListenerFloodTest::serve, (which, cause) -> {});
    listeners.add(listener);
    listener.start();
    listener.accept();
    return listener;
  }

  private static void serve(Channel channel) {
    channel.pipeline().addLast(new Echo());
    channel.config().setAutoRead(true);
  }

  /** A fast reset is already there when the connect returns; the socket is closed then. */
  private Socket connect(Listener listener) throws IOException {
    Socket socket = new Socket();
    clients.add(socket);
    socket.setSoTimeout(10_000);
    int port = listener.boundAddress().port();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    return socket;
  }

  /** Whether what is sent behind the header comes back; else the connection was reset. */
  private static boolean answers(Socket client, String header) {
    try {
      client.getOutputStream().write((header + PING).getBytes(ISO_8859_1));
      return new String(client.getInputStream().readNBytes(PING.length()), ISO_8859_1).equals(PING);
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean hears(Socket client) {
    try {
      return client.getInputStream().read() >= 0;
    } catch (IOException _) {
      return false;
    }
  }

  private double ended() {
    return counted(Metric.LISTENER_REFUSED, "listener_limit")
        + counted(Metric.PROXY_PROTOCOL_ERRORS, "timeout");
  }

  private double counted(Metric wanted, String reason) {
    double[] sum = {0};
    counters.collect(
        (metric, value, labels) -> {
          if (metric == wanted && labels[labels.length - 1].equals(reason)) {
            sum[0] += value;
          }
        });
    return sum[0];
  }

  private static String header(String client) {
    return "PROXY TCP4 " + client + " 198.51.100.7 56324 443\r\n";
  }

  private static String mapped(String client) {
    return "PROXY TCP6 ::ffff:" + client + " 2001:db8::7 56324 443\r\n";
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
