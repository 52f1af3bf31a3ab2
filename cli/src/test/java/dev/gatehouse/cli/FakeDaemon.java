package dev.gatehouse.cli;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import dev.gatehouse.v1.DaemonServiceGrpc;
import dev.gatehouse.v1.FirewallServiceGrpc;
import dev.gatehouse.v1.ProxyServiceGrpc;
import dev.gatehouse.v1.RelayServiceGrpc;
import dev.gatehouse.v1.TrackerServiceGrpc;
import dev.gatehouse.v1.WatchServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A daemon on a real socket that says what it was told to say, and remembers what it was asked. */
public final class FakeDaemon implements AutoCloseable {

  private static final List<ServiceDescriptor> SERVICES =
      List.of(
          DaemonServiceGrpc.getServiceDescriptor(),
          FirewallServiceGrpc.getServiceDescriptor(),
          ProxyServiceGrpc.getServiceDescriptor(),
          RelayServiceGrpc.getServiceDescriptor(),
          TrackerServiceGrpc.getServiceDescriptor(),
          WatchServiceGrpc.getServiceDescriptor());

  private static final Script SILENT =
      new Script(List.of(), Optional.of(Status.UNIMPLEMENTED.asRuntimeException()));

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<Class<?>, Script> scripts = new ConcurrentHashMap<>();
  private final List<Message> asked = new CopyOnWriteArrayList<>();
  private final Server server;

  /** What a request is answered with. */
  private record Script(List<? extends Message> answers, Optional<StatusRuntimeException> end) {}

  public FakeDaemon(Path socket) throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioServerDomainSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop);
    SERVICES.forEach(service -> builder.addService(definition(service)));
    server = builder.build().start();
  }

  /** Answers requests of that type with these messages. */
  public FakeDaemon answers(Class<? extends Message> request, Message... messages) {
    scripts.put(request, new Script(List.of(messages), Optional.empty()));
    return this;
  }

  /** Answers requests of that type with these messages, and then fails. */
  public FakeDaemon fails(Class<? extends Message> request, Status end, Message... messages) {
    return fails(request, end.asRuntimeException(), messages);
  }

  /** Refuses requests of that type because of a field. */
  public FakeDaemon refuses(
      Class<? extends Message> request, String message, String field, String description) {
    BadRequest details =
        BadRequest.newBuilder()
            .addFieldViolations(
                FieldViolation.newBuilder().setField(field).setDescription(description))
            .build();
    return fails(
        request,
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage(message)
                .addDetails(Any.pack(details))
                .build()));
  }

  /** Every request so far, whatever its type. */
  public List<Message> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private FakeDaemon fails(
      Class<? extends Message> request, StatusRuntimeException end, Message... messages) {
    scripts.put(request, new Script(List.of(messages), Optional.of(end)));
    return this;
  }

  private ServerServiceDefinition definition(ServiceDescriptor service) {
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
    service.getMethods().forEach(method -> add(definition, method));
    return definition.build();
  }

  private <Q, A> void add(
      ServerServiceDefinition.Builder definition, MethodDescriptor<Q, A> method) {
    definition.addMethod(method, ServerCalls.asyncServerStreamingCall(this::answer));
  }

  @SuppressWarnings("unchecked") // who writes a script knows the types of its calls
  private <Q, A> void answer(Q request, StreamObserver<A> call) {
    asked.add((Message) request);
    Script script = scripts.getOrDefault(request.getClass(), SILENT);
    script.answers().forEach(answer -> call.onNext((A) answer));
    script.end().ifPresentOrElse(call::onError, call::onCompleted);
  }
}
