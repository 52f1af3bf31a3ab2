package dev.gatehouse.cli;

import com.google.protobuf.Duration;
import dev.gatehouse.cli.exposure.Edge;
import dev.gatehouse.control.v1.Change;
import dev.gatehouse.control.v1.Exposure;
import dev.gatehouse.control.v1.ExposureEvent;
import dev.gatehouse.control.v1.GetExposureRequest;
import dev.gatehouse.control.v1.GetStatusRequest;
import dev.gatehouse.control.v1.GetStatusResponse;
import dev.gatehouse.control.v1.ListeningSocket;
import dev.gatehouse.control.v1.Service;
import dev.gatehouse.control.v1.ServiceState;
import dev.gatehouse.control.v1.StatusServiceGrpc;
import dev.gatehouse.control.v1.StreamExposureRequest;
import dev.gatehouse.control.v1.WatchServiceGrpc;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A daemon on a real socket whose host is {@link Edge}, and which stops after two events. */
final class FakeDaemon implements AutoCloseable {

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<GetExposureRequest> asked = new CopyOnWriteArrayList<>();
  private final Server server;

  FakeDaemon(Path socket) throws IOException {
    server =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioServerDomainSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .addService(new EdgeStatus())
            .addService(new EdgeWatch())
            .build()
            .start();
  }

  List<GetExposureRequest> asked() {
    return asked;
  }

  static GetStatusResponse status() {
    return GetStatusResponse.newBuilder()
        .setVersion("1.2.3")
        .setUptime(Duration.newBuilder().setSeconds(93_784))
        .addServices(service("ops", ServiceState.SERVICE_STATE_SERVING))
        .addServices(
            service("watch", ServiceState.SERVICE_STATE_STARTING)
                .addWaitingFor("the first scan")
                .addWaitingFor("a clock"))
        .addServices(service("relay", ServiceState.SERVICE_STATE_FAILED))
        .addListeners(
            ListeningSocket.newBuilder()
                .setService("ops")
                .setProtocol("tcp")
                .setAddress("127.0.0.1:9090"))
        .build();
  }

  @Override
  public void close() {
    server.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static Service.Builder service(String name, ServiceState state) {
    return Service.newBuilder().setName(name).setState(state);
  }

  private static final class EdgeStatus extends StatusServiceGrpc.StatusServiceImplBase {
    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
      call.onNext(status());
      call.onCompleted();
    }
  }

  private final class EdgeWatch extends WatchServiceGrpc.WatchServiceImplBase {
    @Override
    public void getExposure(GetExposureRequest request, StreamObserver<Exposure> call) {
      asked.add(request);
      call.onNext(Edge.exposure());
      call.onCompleted();
    }

    @Override
    public void streamExposure(StreamExposureRequest request, StreamObserver<ExposureEvent> call) {
      call.onNext(
          ExposureEvent.newBuilder()
              .setChange(Change.CHANGE_SNAPSHOT)
              .setSnapshot(Edge.exposure())
              .build());
      call.onNext(
          ExposureEvent.newBuilder().setChange(Change.CHANGE_OPENED).setListener(Edge.SSH).build());
      call.onError(Status.UNAVAILABLE.withDescription("the daemon stops").asException());
    }
  }
}
