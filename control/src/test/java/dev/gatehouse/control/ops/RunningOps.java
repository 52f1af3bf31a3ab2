package dev.gatehouse.control.ops;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/** An ops listener on a free port of the loopback interface, and ways to talk to it. */
final class RunningOps implements AutoCloseable {

  final EventCounters counters = new EventCounters();
  final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  final OpsListener listener;
  private final EventLoops loops = new EventLoops(Transport.AUTO);

  RunningOps(OpsContent content, String... lines) throws IOException {
    loops.start();
    listener =
        new OpsListener(
            new Endpoint(IpAddress.parse("127.0.0.1").orElseThrow(), 0),
            config(lines),
            content,
            loops,
            counters,
            Ticker.system(),
            (which, cause) -> failures.add(cause));
    listener.start();
    listener.listener().accept();
  }

  static OpsConfig config(String... lines) {
    String text = "[ops]\n" + String.join("\n", lines);
    var result =
        Configuration.of(root -> OpsConfig.read(root.section("ops", "the daemon")))
            .read(ConfigSource.text("gatehouse.toml", text));
    return switch (result) {
      case ConfigResult.Loaded<OpsConfig> loaded -> loaded.value();
      case ConfigResult.Refused<OpsConfig> refused ->
          throw new AssertionError(refused.problems().toString());
    };
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  int port() {
    return listener.listener().boundAddress().port();
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 10_000);
    return socket;
  }

  /** Everything that comes back for these bytes until the server closes. */
  String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  double counted(Metric metric, String... labels) {
    AtomicReference<Double> found = new AtomicReference<>(Double.NaN);
    counters.collect(
        (each, value, values) -> {
          if (each == metric && Arrays.equals(values, labels)) {
            found.set(value);
          }
        });
    return found.get();
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }
}
