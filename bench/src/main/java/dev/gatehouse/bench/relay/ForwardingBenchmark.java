package dev.gatehouse.bench.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.ServerContext.Engine;
import dev.gatehouse.relay.Relay;
import dev.gatehouse.relay.Surroundings;
import dev.gatehouse.relay.config.RelayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
 * A message from a phone to its binary and one back, through a whole relay in this process; for the
 * profiler of allocations, since the time is mostly that of the kernel and of threads that wait for
 * each other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 5)
// as in deploy/jvm.options
@Fork(
    value = 1,
    jvmArgsAppend = {"-Dio.netty.allocator.type=pooled", "-Dio.netty.leakDetection.level=disabled"})
public class ForwardingBenchmark {

  private static final String ID = "5f3a1c9e-7b21-4d80-9e44-0c6b2d8f1a37";

  private static final int PORT = 18_556;

  @Param({"100", "4096", "65536"})
  int bytes;

  private final EventLoops loops = new EventLoops(Transport.AUTO);
  private final Relay relay = relay();
  private FramePeer phone = FramePeer.NONE;
  private FramePeer binary = FramePeer.NONE;
  private byte[] message = {};
  private byte[] answer = {};

  /** Starts the relay, and a phone and its binary that have exchanged a message each. */
  @Setup
  public void start() throws Exception {
    loops.start();
    relay.start();
    relay.sockets().forEach(Listener::accept);
    binary = FramePeer.open(PORT, "/v1/server", ID);
    phone = FramePeer.open(PORT, "/v1/client", ID);
    String json = "\"" + "x".repeat(bytes - 2) + "\"";
    message = FramePeer.masked(json);
    phone.send(message);
    // the envelope goes back as it came: it has the same form both ways
    answer = FramePeer.masked(new String(binary.receive(), US_ASCII));
    binary.send(answer);
    if (phone.receive().length != bytes) {
      throw new IllegalStateException("another message came back");
    }
  }

  @TearDown
  public void stop() throws Exception {
    phone.close();
    binary.close();
    relay.close();
    loops.close();
  }

  /** Both ways. */
  @Benchmark
  public int messageAndAnswer() throws IOException {
    phone.send(message);
    int length = binary.receive().length;
    binary.send(answer);
    return length + phone.receive().length;
  }

  private Relay relay() {
    EventCounters counters = new EventCounters();
    Ticker ticker = Ticker.system();
    CertificateStore certificates =
        new CertificateStore(
            Relay.SERVICE,
            new CertificateCheck(false, Duration.ofDays(1), false),
            Duration.ofHours(1),
            Engine.best(),
            counters,
            ticker);
    Surroundings around =
        new Surroundings(
            loops, Admission.OPEN, certificates, Optional.empty(), counters, ticker, "bench");
    return new Relay(config(), around, (listener, cause) -> {});
  }

  private static RelayConfig config() {
    var result =
        Configuration.of(
                root -> RelayConfig.read(root.section("relay", "the relay"), Path.of("certs")))
            .read(
                ConfigSource.text(
                    "bench.toml",
                    """
                    [relay]
                    insecure_listen = "127.0.0.1:%d"
                    """
                        .formatted(PORT)));
    return switch (result) {
      case ConfigResult.Loaded<RelayConfig> loaded -> loaded.value();
      case ConfigResult.Refused<RelayConfig> refused ->
          throw new IllegalStateException(refused.problems().toString());
    };
  }
}
