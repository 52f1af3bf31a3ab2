package dev.gatehouse.bench;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.accesslog.AccessLog;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.proxy.Proxy;
import dev.gatehouse.proxy.Surroundings;
import dev.gatehouse.proxy.config.ProxyConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A message and its echo through a whole proxy in this process; for the profiler of allocations,
 * since the time is mostly that of the kernel and of threads that wait for each other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RelayBenchmark {

  /** A hello for the name {@code a.example}, RFC 8446 section 4.1.2. */
  private static final byte[] HELLO =
      HexFormat.of()
          .parseHex(
              "16030100430100003f0303000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e"
                  + "1f0000041301c02b010000120000000e000c000009612e6578616d706c65");

  private static final int PORT = 18_555;

  /** How the proxy moves bytes: spliced from the second message on, or copied. */
  @Param({"copy", "splice"})
  private String relay = "copy";

  private final byte[] message = new byte[100];
  private final byte[] echo = new byte[100];
  private EventLoops loops = new EventLoops(Transport.AUTO);
  private ServerSocket backend = unbound();
  private Proxy proxy = newProxy(0);
  private Socket client = new Socket();

  /** Starts a backend that echoes, the proxy, and one connection through it. */
  @Setup
  public void start() throws Exception {
    backend = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
    loops.start();
    proxy = newProxy(backend.getLocalPort());
    proxy.start();
    proxy.sockets().forEach(Listener::accept);
    client = new Socket(InetAddress.getLoopbackAddress(), PORT);
    client.setTcpNoDelay(true);
    client.getOutputStream().write(HELLO);
  }

  @TearDown
  public void stop() throws Exception {
    client.close();
    proxy.close();
    loops.close();
    backend.close();
  }

  @Benchmark
  public int messageAndEcho() throws IOException {
    client.getOutputStream().write(message);
    return client.getInputStream().readNBytes(echo, 0, echo.length);
  }

  private void serve() {
    byte[] bytes = new byte[4096];
    try (Socket socket = backend.accept()) {
      socket.setTcpNoDelay(true);
      socket.getInputStream().readNBytes(HELLO.length);
      for (int read = 0; read >= 0; read = socket.getInputStream().read(bytes)) {
        socket.getOutputStream().write(bytes, 0, read);
      }
    } catch (IOException e) {
      // the end of the benchmark
    }
  }

  private Proxy newProxy(int backendPort) {
    String toml =
        """
        [proxy]
        relay = "%s"
        splice_after = 0
        [[proxy.listeners]]
        addr = "127.0.0.1:%d"
        [[proxy.listeners.routes]]
        hostname = "a.example"
        backend = "127.0.0.1:%d"
        """
            .formatted(relay, PORT, Math.max(1, backendPort));
    EventCounters counters = new EventCounters();
    Surroundings around =
        new Surroundings(
            loops,
            Admission.OPEN,
            new AccessLog(Duration.ofSeconds(1), counters),
            counters,
            Ticker.system(),
            Duration.ZERO,
            false);
    ProxyConfig config = config(toml);
    return new Proxy(config.settings(), config.listeners(), around, (listener, cause) -> {});
  }

  private static ProxyConfig config(String toml) {
    Endpoint page = new Endpoint(IpAddress.ANY_IPV4, 1);
    ProxyConfig.BuiltIn nowhere = new ProxyConfig.BuiltIn(page, page, "", "");
    var result =
        Configuration.of(root -> ProxyConfig.read(root.section("proxy", "the proxy"), nowhere))
            .read(ConfigSource.text("bench.toml", toml));
    return switch (result) {
      case ConfigResult.Loaded<ProxyConfig> loaded -> loaded.value();
      case ConfigResult.Refused<ProxyConfig> refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }

  private static ServerSocket unbound() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
