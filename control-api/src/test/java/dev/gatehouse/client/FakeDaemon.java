package dev.gatehouse.client;

import dev.gatehouse.v1.DaemonServiceGrpc;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.GetExposureRequest;
import dev.gatehouse.v1.GetStatusRequest;
import dev.gatehouse.v1.GetStatusResponse;
import dev.gatehouse.v1.StreamExposureRequest;
import dev.gatehouse.v1.WatchServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A daemon on a real socket: by default one that answers the status, refuses the exposure, and
 * streams three events.
 */
final class FakeDaemon implements AutoCloseable {

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Server server;

  FakeDaemon(Path socket) throws IOException {
    this(socket, new FakeStatus(), new FakeWatch());
  }

  FakeDaemon(Path socket, BindableService... services) throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioServerDomainSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop);
    for (BindableService service : services) {
      builder.addService(service);
    }
    server = builder.build().start();
  }

  /** Answers a call with one message. */
  static <T> void answer(StreamObserver<T> call, T message) {
    call.onNext(message);
    call.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static final class FakeStatus extends DaemonServiceGrpc.DaemonServiceImplBase {
    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
      observer.onNext(GetStatusResponse.newBuilder().setVersion("1.2.3").build());
      observer.onCompleted();
    }
  }

  private static final class FakeWatch extends WatchServiceGrpc.WatchServiceImplBase {
    @Override
    public void getExposure(GetExposureRequest request, StreamObserver<Exposure> observer) {
      if (!request.getFresh()) {
        observer.onError(
            Status.FAILED_PRECONDITION.withDescription("the watch is off").asException());
      }
    }

    @Override
    public void streamExposure(
        StreamExposureRequest request, StreamObserver<ExposureEvent> observer) {
      for (int change = 1; change <= 3; change++) {
        observer.onNext(ExposureEvent.newBuilder().setChangeValue(change).build());
      }
      observer.onError(Status.UNAVAILABLE.withDescription("the daemon stops").asException());
    }
  }
}
