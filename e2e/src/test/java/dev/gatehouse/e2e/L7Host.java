package dev.gatehouse.e2e;

import dev.gatehouse.e2e.http.RecordingBackend;
import dev.gatehouse.e2e.http.TrustingTls;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/**
 * A host whose front door speaks TLS and HTTP for one name, with a recording backend behind it. To
 * see what others make of the same cases, the system property {@code gatehouse.front} puts HAProxy
 * or nginx in the daemon's place; what is asked of metrics then fails.
 */
public final class L7Host implements AutoCloseable {

  /** The name that is served. */
  public static final String NAME = "www.example.org";

  private static final int PORT = 443;
  private static final int BACKEND_PORT = 8001;
  private static final int BACKLOG = 4096;

  private final Namespace namespace;
  private final Insiders inside;
  private final RecordingBackend backend;
  private final Front front;

  /** What is tried: the daemon or, without one, somebody in its place. */
  private record Front(Optional<Daemon> daemon, Runnable end) {

    static Front of(Daemon daemon) {
      return new Front(Optional.of(daemon), daemon::close);
    }
  }

  /**
   * Starts one.
   *
   * @param settings of the daemon, below {@code [proxy]}
   */
  public L7Host(Path folder, String settings) throws Exception {
    this(folder, settings, System.getProperty("gatehouse.front", "gatehouse"));
  }

  private L7Host(Path folder, String settings, String kind) throws Exception {
    namespace = Namespace.create(folder);
    inside = Insiders.of(namespace, 8);
    backend = RecordingBackend.on(inside.call(L7Host::listen));
    front = front(kind, folder, settings);
  }

  /** One with nginx as its front door, to try on it what judges ours. */
  public static L7Host withNginx(Path folder) throws Exception {
    return new L7Host(folder, "", "nginx");
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(BACKEND_PORT, BACKLOG, Inet4Address.ofLiteral("127.0.0.1"));
  }

  private Front front(String kind, Path folder, String settings) throws Exception {
    Certificate certificate = Certificate.create(folder);
    return switch (kind) {
      case "gatehouse" ->
          Front.of(Daemon.start(namespace, folder, configuration(certificate, settings)));
      case "haproxy" ->
          new Front(
              Optional.empty(),
              HaProxy.start(namespace, folder, PORT, haProxySections(certificate))::close);
      case "nginx" ->
          new Front(
              Optional.empty(), Nginx.start(namespace, folder, certificate, nginxServer())::close);
      default ->
          throw new IllegalArgumentException(
              "gatehouse.front: " + kind + " (expected: gatehouse, haproxy or nginx)");
    };
  }

  private static String configuration(Certificate certificate, String settings) {
    return """
    [ops]
    [proxy]
    %s
    [[proxy.listeners]]
    addr = "127.0.0.1:%d"
    routes = [
      { hostname = "%s", mode = "l7", backend = "127.0.0.1:%d", backend_protocol = "h1", \
    tls_cert = "%s", tls_key = "%s" },
    ]
    """
        .formatted(settings, PORT, NAME, BACKEND_PORT, certificate.chain(), certificate.key());
  }

  private static String haProxySections(Certificate certificate) throws IOException {
    return """
    frontend front
      mode http
      bind 127.0.0.1:%d ssl crt %s alpn h2,http/1.1
      timeout client 2s
      timeout http-request 2s
      default_backend back
    backend back
      mode http
      server one 127.0.0.1:%d
    """
        .formatted(PORT, certificate.bundle(), BACKEND_PORT);
  }

  private static String nginxServer() {
    return """
      server {
        listen 127.0.0.1:%d ssl http2;
        client_body_timeout 2s;
        location / { proxy_pass http://127.0.0.1:%d; proxy_http_version 1.1; }
      }
    """
        .formatted(PORT, BACKEND_PORT);
  }

  /** A connection that has not said a word yet. */
  public Socket connect() throws Exception {
    Socket socket = inside.call(() -> new Socket(Inet4Address.ofLiteral("127.0.0.1"), PORT));
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** A connection that has shaken hands, offering these protocols. */
  public SSLSocket connect(String... protocols) throws Exception {
    return TrustingTls.over(connect(), NAME, protocols);
  }

  public RecordingBackend backend() {
    return backend;
  }

  /** The sum of the series of that name that have all these labels, written {@code key="value"}. */
  public double metric(String name, String... labels) {
    return front.daemon().map(daemon -> Metrics.of(daemon).sum(name, labels)).orElse(Double.NaN);
  }

  /** All series of that name, as they are exposed. */
  public String series(String name) {
    return front.daemon().stream()
        .flatMap(daemon -> daemon.get("/metrics").lines())
        .filter(line -> line.startsWith(name))
        .toList()
        .toString();
  }

  /** The share of a processor that the front door takes while the caller waits so long. */
  public long percentOfProcessor(Duration window) {
    return front
        .daemon()
        .map(daemon -> ProcessFigures.of(daemon).percentOfProcessor(window))
        .orElse(0L);
  }

  /** What the daemon has logged since it was ready, but for its connections. */
  public String remarks() {
    return front.daemon().map(daemon -> String.join("\n", daemon.remarks())).orElse("");
  }

  @Override
  public void close() throws IOException {
    front.end().run();
    backend.close();
    inside.close();
    namespace.close();
  }
}
