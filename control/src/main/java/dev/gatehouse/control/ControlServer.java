package dev.gatehouse.control;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers control calls on a Unix socket, with the standard health and reflection services.
 *
 * <p>The loop only moves bytes; each call runs on a virtual thread of its own and may block.
 */
public final class ControlServer implements Part {

  private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

  /** The largest request; answers may be larger. */
  private static final int MAX_REQUEST_BYTES = 4 << 20;

  private static final int MAX_METADATA_BYTES = 8 << 10;
  private static final int MAX_CALLS_PER_CONNECTION = 64;
  private static final long HANDSHAKE_SECONDS = 10;
  private static final long KEEPALIVE_SECONDS = 10;
  private static final long FORCED_STOP_SECONDS = 5;

  /** For calls of clients that set no deadline. */
  private static final Duration CALL_TIME = Duration.ofSeconds(30);

  private final ControlSettings settings;
  private final List<ControlCalls> calls;
  private final CallLog callLog;
  private final Duration callTime;
  private final SocketFile file;
  private @Nullable Running running;

  /** What exists between start and close. */
  private record Running(Server server, HealthStatusManager health, CallThreads threads) {}

  /** A server of these calls that is not bound yet. */
  public ControlServer(ControlSettings settings, List<ControlCalls> calls, EventCounters counters) {
    this(settings, calls, counters, CALL_TIME);
  }

  ControlServer(
      ControlSettings settings,
      List<ControlCalls> calls,
      EventCounters counters,
      Duration callTime) {
    this.settings = settings;
    this.calls = List.copyOf(calls);
    this.callLog = new CallLog(counters);
    this.callTime = callTime;
    this.file = new SocketFile(settings);
  }

  @Override
  public String name() {
    return "control";
  }

  /**
   * Binds and publishes the socket.
   *
   * @throws IOException with a message for the operator, for instance if another daemon has it
   */
  @Override
  public synchronized void start() throws IOException {
    try {
      running = serve(file.stage());
      file.publish();
    } catch (IOException | RuntimeException e) {
      unwind(e);
      throw e;
    }
    log.atInfo()
        .setMessage("control_opened")
        .addKeyValue("path", settings.socket())
        .addKeyValue("mode", settings.mode().octal())
        .log();
  }

  @Override
  public synchronized void close() throws IOException {
    Running stopping = running;
    running = null;
    try {
      file.remove();
    } finally {
      if (stopping != null) {
        stop(stopping);
        log.atInfo().setMessage("control_closed").addKeyValue("path", settings.socket()).log();
      }
    }
  }

  private Running serve(Path bindAt) throws IOException {
    UnixListener listener = UnixListener.available();
    CallThreads threads = CallThreads.of(listener);
    HealthStatusManager health = new HealthStatusManager();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(listener.address(bindAt), PeerNegotiator.credentials())
            .channelType(listener.channelType())
            // gRPC asks for it on every channel; a Unix socket has none, and Netty would warn
            .withChildOption(ChannelOption.SO_KEEPALIVE, null)
            .bossEventLoopGroup(threads.loop())
            .workerEventLoopGroup(threads.loop())
            .executor(threads.calls());
    limit(builder);
    addServices(builder, health);
    intercept(builder, threads);
    try {
      Server server = builder.build().start();
      callLog.begin(server.getServices());
      return new Running(server, health, threads);
    } catch (IOException e) {
      threads.stop();
      throw new IOException("control socket %s: %s".formatted(settings.socket(), rootCause(e)), e);
    }
  }

  /** The last one that is added sees a call first. */
  private void intercept(NettyServerBuilder builder, CallThreads threads) {
    builder
        .intercept(new DefaultDeadline(callTime, threads.clock()))
        .intercept(callLog)
        .intercept(PeerNegotiator.interceptor());
  }

  private static void limit(NettyServerBuilder builder) {
    builder
        .maxInboundMessageSize(MAX_REQUEST_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  private void addServices(NettyServerBuilder builder, HealthStatusManager health) {
    builder
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance());
    for (ControlCalls feature : calls) {
      builder.addService(feature);
      health.setStatus(
          feature.bindService().getServiceDescriptor().getName(), ServingStatus.SERVING);
    }
  }

  private void stop(Running stopping) {
    stopping.health().enterTerminalState();
    stopping.server().shutdown();
    calls.forEach(ControlCalls::drain);
    try {
      if (!stopping
          .server()
          .awaitTermination(settings.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        stopping.server().shutdownNow().awaitTermination(FORCED_STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      stopping.server().shutdownNow();
      Thread.currentThread().interrupt();
    }
    stopping.threads().stop();
  }

  private void unwind(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
