package dev.gatehouse.net.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
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
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** PROXY headers, limits and the firewall over real sockets. */
@ExtendWith(LeakGuard.class)
@ParameterizedClass
@EnumSource(
    value = Transport.class,
    names = {"AUTO", "NIO"})
class ListenerProxyHeaderTest {

  private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
  private static final IpAddress CLIENT = IpAddress.parse("192.0.2.10").orElseThrow();
  private static final String HEADER = "PROXY TCP4 192.0.2.10 198.51.100.7 56324 443\r\n";
  private static final String HELLO = "hello";
  private static final Guard FROM_LOOPBACK =
      new Guard(true, List.of(new Cidr(IpAddress.parse("127.0.0.0").orElseThrow(), 8)), 0);
  private static final Guard FROM_ELSEWHERE = new Guard(true, List.of(new Cidr(CLIENT, 32)), 0);

  @RegisterExtension final LogGuard logs = new LogGuard();

  @Parameter private Transport transport = Transport.AUTO;

  private final EventCounters counters = new EventCounters();
  private final ConnectionLimit addresses = new ConnectionLimit(0);
  private final RuleFirewall firewall =
      new RuleFirewall(CountryLookup.NONE, Ticker.system(), counters);
  private final AtomicInteger served = new AtomicInteger();
  private final List<Socket> clients = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private boolean halfClosure;
  private EventLoops loops = new EventLoops(transport);

  @BeforeEach
  void startLoops() {
    loops = new EventLoops(transport);
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
  void headerAndHelloMayBeCutAnywhere() throws IOException {
    Listener listener = listener(FROM_LOOPBACK, 60);
    String all = HEADER + HELLO;
    for (int cut = 1; cut < all.length(); cut++) {
      Socket client = connect(listener);
      write(client, all.substring(0, cut));
      write(client, all.substring(cut));
      assertThat(answer(client)).isEqualTo("192.0.2.10:56324 " + HELLO);
      client.close();
    }
  }

  @Test
  void aSecondHeaderIsData() throws IOException {
    Socket client = connect(listener(FROM_LOOPBACK, 60));
    write(client, HEADER + "PROXY");
    assertThat(answer(client)).isEqualTo("192.0.2.10:56324 PROXY");
  }

  @Test
  void aClientThatEndsItsSideAtOnceIsStillAnswered() throws IOException {
    halfClosure = true;
    Listener listener = listener(FROM_LOOPBACK, 60);
    for (int i = 0; i < 50; i++) {
      Socket client = connect(listener);
      write(client, HEADER + HELLO);
      client.shutdownOutput();
      assertThat(answer(client)).isEqualTo("192.0.2.10:56324 " + HELLO);
      assertThat(client.getInputStream().read()).as("a clean end").isEqualTo(-1);
    }
  }

  @Test
  void aStrangerWithAHeaderIsResetWithoutAByte() throws IOException {
    Listener listener = listener(FROM_ELSEWHERE, 60);
    assertReset(listener, HEADER);
    assertThat(served).hasValue(0);
    assertThat(errors("untrusted")).isEqualTo(1);
  }

  @Test
  void whoSendsNoHeaderIsResetWithoutAByte() throws IOException {
    Listener listener = listener(FROM_LOOPBACK, 60);
    assertReset(listener, "\u0016\u0003\u0001");
    assertThat(errors("signature")).isEqualTo(1);
    assertThat(served).hasValue(0);
  }

  @Test
  void whoKeepsItsHeaderBackIsReset() throws IOException {
    Listener listener = listener(FROM_LOOPBACK, 1);
    assertReset(listener, "PROXY TCP4");
    assertThat(errors("timeout")).isEqualTo(1);
  }

  @Test
  void aHealthCheckThatSaysNothingIsCountedAndNoMore() throws Exception {
    Listener listener = listener(FROM_LOOPBACK, 60);
    connect(listener).close();
    Await.until("it is counted", () -> errors("eof") == 1);
    Await.until("it is gone", () -> listener.connections() == 0);
    assertThat(refused("proxy_header")).isZero();
  }

  @Test
  void theFirewallSeesTheClientOfTheHeader() throws IOException {
    firewall.rules(new FirewallRules(Set.of(CLIENT), Set.of(), Set.of()));
    Listener listener = listener(FROM_LOOPBACK, 60);
    assertReset(listener, HEADER + HELLO);
    Socket other = connect(listener);
    write(other, HEADER.replace(".10 ", ".11 ") + HELLO);
    assertThat(answer(other)).isEqualTo("192.0.2.11:56324 " + HELLO);
  }

  @Test
  void theProxyMayNotPassWhereItIsBlockedItself() throws IOException {
    firewall.rules(new FirewallRules(Set.of(LOOPBACK), Set.of(), Set.of()));
    Listener listener = listener(FROM_LOOPBACK, 60);
    assertReset(listener, "PROXY UNKNOWN\r\n");
    Socket client = connect(listener);
    write(client, HEADER + HELLO);
    assertThat(answer(client)).endsWith(HELLO);
  }

  @Test
  void oneAddressHoldsNoMoreThanItsLimitOverAllListeners() throws Exception {
    addresses.change(2);
    Listener one = listener(new Guard(false, List.of(), 0), 60);
    Listener other = listener(new Guard(false, List.of(), 0), 60);
    Socket first = connect(one);
    write(first, HELLO);
    answer(first);
    Socket second = connect(other);
    write(second, HELLO);
    answer(second);
    assertReset(one, HELLO);
    assertThat(refused("address_limit")).isEqualTo(1);
    first.close();
    Await.until("the place is free", () -> addresses.held(LOOPBACK) == 1);
    Socket third = connect(one);
    write(third, HELLO);
    assertThat(answer(third)).endsWith(HELLO);
  }

  @Test
  void aFloodFromOneAddressIsResetFromTheLimitOn() throws Exception {
    firewall.rate(new RateLimit(20, Duration.ofMinutes(10), 100));
    Listener listener = listener(new Guard(false, List.of(), 0), 60);
    for (int i = 0; i < 500; i++) {
      try (Socket client = new Socket()) {
        client.connect(listenAddress(listener), 10_000);
      } catch (IOException _) {
        // the reset was faster than the connect
      }
    }
    Await.until("all are gone", () -> listener.connections() == 0);
    Await.until("all are judged", () -> blocked("rate_limit") + served.get() == 500);
    assertThat(served).hasValue(20);
    assertThat(addresses.clients()).isZero();
  }

  @Test
  void aListenerThatAnybodyMayTellAnAddressWarnsAtItsStart() {
    logs.expect("open_proxy_listener");
    listener(new Guard(true, List.of(), 0), 60);
  }

  private Listener listener(Guard guard, int headerSeconds) {
    var settings =
        new ListenerSettings(
            "test.listen",
            "test",
            new Endpoint(LOOPBACK, 0),
            1024,
            guard,
            Duration.ofSeconds(headerSeconds),
            Duration.ofMillis(500),
            false);
    Admission admission = new Admission(Admission.AddressLimit.of(addresses), firewall);
    var listener =
        new Listener(settings, loops, admission, counters, this::serve, (which, cause) -> {});
    listeners.add(listener);
    try {
      listener.start();
    } catch (ListenException e) {
      throw new AssertionError(e);
    }
    listener.accept();
    return listener;
  }

  private void serve(Channel channel) {
    served.incrementAndGet();
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, halfClosure);
    channel.pipeline().addLast(new Greeter());
    channel.config().setAutoRead(true);
  }

  private Socket connect(Listener listener) throws IOException {
    Socket socket = new Socket();
    clients.add(socket);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(10_000);
    socket.connect(listenAddress(listener), 10_000);
    return socket;
  }

  private static InetSocketAddress listenAddress(Listener listener) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.boundAddress().port());
  }

  private static void write(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Up to the five bytes that every test sends behind the header. */
  private static String answer(Socket client) throws IOException {
    StringBuilder answer = new StringBuilder();
    int space = -1;
    while (space < 0 || answer.length() < space + 1 + HELLO.length()) {
      int next = client.getInputStream().read();
      assertThat(next).as("after %s", answer).isNotEqualTo(-1);
      answer.append((char) next);
      space = answer.indexOf(" ");
    }
    return answer.toString();
  }

  /** A fast reset is already there at the connect or the write, which then fail. */
  private void assertReset(Listener listener, String sent) {
    assertThatThrownBy(
            () -> {
              Socket client = connect(listener);
              write(client, sent);
              client.getInputStream().read();
            })
        .isInstanceOf(SocketException.class)
        .hasMessageMatching(".*(reset|Broken pipe).*");
  }

  private double errors(String reason) {
    return counted(Metric.PROXY_PROTOCOL_ERRORS, reason);
  }

  private double refused(String reason) {
    return counted(Metric.LISTENER_REFUSED, reason);
  }

  private double blocked(String reason) {
    return counted(Metric.FIREWALL_BLOCKED, reason);
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

  /** Says once for whom it takes the connection, and then everything that it hears. */
  private static final class Greeter extends ChannelInboundHandlerAdapter {
    private boolean greeted;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!greeted) {
        greeted = true;
        String client = ClientAddress.of(context.channel()) + " ";
        ByteBuf greeting = context.alloc().buffer();
        greeting.writeCharSequence(client, ISO_8859_1);
        context.write(greeting);
      }
      context.writeAndFlush(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        context.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
