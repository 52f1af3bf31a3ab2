package dev.gatehouse.control.api;

import dev.gatehouse.control.v1.Connections;
import dev.gatehouse.control.v1.Exposure;
import dev.gatehouse.control.v1.ExposureEvent;
import dev.gatehouse.control.v1.GetConnectionsRequest;
import dev.gatehouse.control.v1.GetExposureRequest;
import dev.gatehouse.control.v1.GetStatusRequest;
import dev.gatehouse.control.v1.GetStatusResponse;
import dev.gatehouse.control.v1.StatusServiceGrpc;
import dev.gatehouse.control.v1.StreamExposureRequest;
import dev.gatehouse.control.v1.WatchServiceGrpc;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A connection to a running daemon over its control socket; blocking, for commands and tests.
 *
 * <p>Nothing is sent before the first call, so a missing daemon shows there.
 */
public final class ControlClient implements AutoCloseable {

  /** The longest path of a Unix socket: {@code sun_path} of unix(7) less its final NUL. */
  public static final int MAX_SOCKET_PATH_BYTES = 107;

  /** The size up to which a message is read and written. */
  public static final int MAX_MESSAGE_BYTES = 16 << 20;

  private static final Duration CALL_DEADLINE = Duration.ofSeconds(30);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(1);

  private final Path socket;
  private final Duration callDeadline;
  private final EventLoopGroup loop;
  private final ManagedChannel channel;

  ControlClient(UnixTransport transport, Path socket, Duration callDeadline) {
    this.socket = socket;
    this.callDeadline = callDeadline;
    this.loop = transport.newLoop();
    this.channel =
        NettyChannelBuilder.forAddress(transport.address(socket))
            .eventLoopGroup(loop)
            .channelType(transport.channelType(), transport.addressType())
            // gRPC asks for it on every channel; a Unix socket has none, and Netty would warn
            .withOption(ChannelOption.SO_KEEPALIVE, null)
            .overrideAuthority("localhost")
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
  }

  /** A client of the daemon at this path; a call that takes longer than 30 s fails. */
  public static ControlClient open(Path socket) throws ControlException {
    return open(socket, CALL_DEADLINE);
  }

  /** A client of the daemon at this path; a call that takes longer than the deadline fails. */
  public static ControlClient open(Path socket, Duration callDeadline) throws ControlException {
    Failures.checkLength(socket);
    return new ControlClient(UnixTransport.available(), socket, callDeadline);
  }

  /** What the host exposes. */
  public Exposure exposure(GetExposureRequest request) throws ControlException {
    return call(
        () ->
            WatchServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(callDeadline)
                .getExposure(request));
  }

  /** How many TCP sockets are in which state. */
  public Connections connections() throws ControlException {
    return call(
        () ->
            WatchServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(callDeadline)
                .getConnections(GetConnectionsRequest.getDefaultInstance()));
  }

  /** What runs, and on which sockets it listens. */
  public GetStatusResponse status() throws ControlException {
    return call(
        () ->
            StatusServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(callDeadline)
                .getStatus(GetStatusRequest.getDefaultInstance()));
  }

  /**
   * Hands each event to the reader, on this thread, for as long as it asks for more.
   *
   * @param reader whether to go on after this event
   * @throws ControlException if the daemon ends the stream
   */
  public void streamExposure(StreamExposureRequest request, Predicate<ExposureEvent> reader)
      throws ControlException {
    try (Context.CancellableContext stream = Context.current().withCancellation()) {
      Context previous = stream.attach();
      try {
        read(WatchServiceGrpc.newBlockingStub(channel).streamExposure(request), reader);
      } catch (StatusRuntimeException e) {
        throw Failures.of(socket, e);
      } finally {
        stream.detach(previous);
      }
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, CLOSE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void read(Iterator<ExposureEvent> events, Predicate<ExposureEvent> reader) {
    while (events.hasNext()) {
      if (!reader.test(events.next())) {
        return;
      }
    }
  }

  private <T> T call(Supplier<T> call) throws ControlException {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw Failures.of(socket, e);
    }
  }
}
