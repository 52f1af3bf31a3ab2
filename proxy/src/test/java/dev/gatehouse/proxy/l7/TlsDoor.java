package dev.gatehouse.proxy.l7;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.ListenerSettings;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.net.listen.Refusal;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.net.tls.ServerContext.MinimumVersion;
import dev.gatehouse.proxy.config.HelloLimits;
import dev.gatehouse.proxy.hello.Greeting;
import dev.gatehouse.proxy.hello.HelloCounters;
import dev.gatehouse.proxy.hello.HelloHandler;
import dev.gatehouse.proxy.l7.connection.Lobby;
import dev.gatehouse.proxy.l7.connection.RequestRate;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A listener on loopback where every name is shown the certificate of {@code localhost}. */
final class TlsDoor implements AutoCloseable {

  private static final String CERTIFICATE = "a.example";
  private static final int PATIENCE_MILLIS = 20_000;

  private final Lobby lobby;
  private final CertificateStore certificates;
  private final Termination termination;
  private final HelloCounters hellos;
  private final Listener listener;

  /**
   * @param settings lines of the section {@code [proxy]}
   * @param ofRoute lines of the route
   */
  TlsDoor(Engine engine, Path folder, String settings, String ofRoute) throws Exception {
    lobby = new Lobby(settings, ofRoute, Firewall.OPEN);
    hellos = new HelloCounters("tls", lobby.counters());
    certificates =
        new CertificateStore(
            "proxy",
            new CertificateCheck(false, Duration.ofDays(1), false),
            Duration.ofHours(1),
            engine,
            lobby.counters(),
            Ticker.system());
    SelfSigned pair = SelfSigned.forLocalhost(folder, Ticker.system().now());
    certificates.add(
        new CertificateStore.Use(
            CERTIFICATE,
            "localhost",
            new CertificateFiles(pair.certificate(), pair.key()),
            MinimumVersion.TLS_1_3));
    termination =
        new Termination(
            lobby.terms().settings(),
            certificates,
            lobby.pool(),
            Firewall.OPEN,
            RequestRate.NONE,
            lobby.terms().log(),
            Ticker.system());
    listener = newListener();
    listener.start();
    listener.accept();
  }

  private Listener newListener() {
    return new Listener(
        new ListenerSettings(
            "proxy.listeners",
            "proxy",
            new Endpoint(IpAddress.ipv4(0x7f00_0001), 0),
            16,
            new Guard(false, List.of(), 0),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            false),
        lobby.loops(),
        Admission.OPEN,
        lobby.counters(),
        this::admit,
        (_, _) -> {});
  }

  private void admit(Channel channel) {
    HelloLimits limits = new HelloLimits(Duration.ofSeconds(10), 16 * 1024, 64);
    channel.pipeline().addLast(HelloHandler.NAME, new HelloHandler(limits, hellos, this::greeted));
  }

  private void greeted(Channel channel, Greeting greeting) {
    boolean begun =
        termination.begin(lobby.route(), CERTIFICATE, lobby, lobby.traffic(), channel, greeting);
    if (!begun) {
      greeting.bytes().release();
      Refusal.reset(channel);
    }
  }

  /** Shows nobody anything from now on. */
  void loseCertificate() {
    certificates.remove(CERTIFICATE);
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.boundAddress().port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Begins to drain on a thread of its own. */
  void drain() {
    Thread _ = Thread.ofVirtual().start(() -> listener.drain(Duration.ofSeconds(20)));
  }

  int connections() {
    return listener.connections();
  }

  double metric(Metric metric, String... labels) {
    return lobby.metric(metric, labels);
  }

  @Override
  public void close() {
    listener.stopAccepting();
    listener.reset(_ -> true);
    listener.close();
    certificates.close();
    lobby.close();
  }
}
