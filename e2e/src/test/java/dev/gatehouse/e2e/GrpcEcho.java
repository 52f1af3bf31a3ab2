package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Context;
import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A gRPC server whose messages are bytes, with the methods that its interoperability tests need.
 */
final class GrpcEcho implements AutoCloseable {

  static final MethodDescriptor<byte[], byte[]> UNARY = method("Unary", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> UNKNOWN = method("Unknown", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> SILENT = method("Silent", MethodType.UNARY);
  static final MethodDescriptor<byte[], byte[]> DOWN = method("Down", MethodType.SERVER_STREAMING);
  static final MethodDescriptor<byte[], byte[]> UP = method("Up", MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<byte[], byte[]> BOTH = method("Both", MethodType.BIDI_STREAMING);

  static final Metadata.Key<String> TOLD =
      Metadata.Key.of("x-told", Metadata.ASCII_STRING_MARSHALLER);
  static final Metadata.Key<byte[]> TOLD_BYTES =
      Metadata.Key.of("x-told-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final String SERVICE = "gatehouse.test.Echo";
  private static final int MAX_MESSAGE = 128 << 20;

  private final Server server;
  private final MultiThreadIoEventLoopGroup loops;
  private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

  GrpcEcho(Insiders inside, int port) throws Exception {
    loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .channelFactory(() -> inside.get(NioServerSocketChannel::new))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .maxInboundMessageSize(MAX_MESSAGE)
            .addService(ServerInterceptors.intercept(service(), new Echoing()))
            .build()
            .start();
  }

  /** What the next call that was called off was called. */
  BlockingQueue<String> cancelled() {
    return cancelled;
  }

  private ServerServiceDefinition service() {
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(UNARY, ServerCalls.asyncUnaryCall(GrpcEcho::unary))
        .addMethod(SILENT, ServerCalls.asyncUnaryCall((_, _) -> tellOfEnd("silent")))
        .addMethod(DOWN, ServerCalls.asyncServerStreamingCall(GrpcEcho::down))
        .addMethod(UP, ServerCalls.asyncClientStreamingCall(this::up))
        .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(this::both))
        .build();
  }

  private void tellOfEnd(String name) {
    Context.current().addListener(_ -> cancelled.add(name), Runnable::run);
  }

  /** A request of so many bytes is answered with as many; some words ask for something else. */
  private static void unary(byte[] request, StreamObserver<byte[]> answer) {
    String wish = request.length < 100 ? new String(request, UTF_8) : "";
    if (wish.startsWith("fail ")) {
      answer.onError(Status.UNKNOWN.withDescription(wish.substring(5)).asRuntimeException());
      return;
    }
    answer.onNext(
        wish.startsWith("bytes ") ? new byte[Integer.parseInt(wish.substring(6))] : request);
    answer.onCompleted();
  }

  /** As many answers as the request has bytes. */
  private static void down(byte[] request, StreamObserver<byte[]> answer) {
    for (byte each : request) {
      answer.onNext(new byte[] {each});
    }
    answer.onCompleted();
  }

  /** How many bytes came in all. */
  private StreamObserver<byte[]> up(StreamObserver<byte[]> answer) {
    tellOfEnd("up");
    return new StreamObserver<>() {
      private int count;

      @Override
      public void onNext(byte[] message) {
        count += message.length;
      }

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {
        answer.onNext(Integer.toString(count).getBytes(UTF_8));
        answer.onCompleted();
      }
    };
  }

  private StreamObserver<byte[]> both(StreamObserver<byte[]> answer) {
    tellOfEnd("both");
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] message) {
        answer.onNext(message);
      }

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {
        answer.onCompleted();
      }
    };
  }

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(new Bytes())
        .build();
  }

  @Override
  public void close() {
    server.shutdownNow();
    loops.shutdownGracefully().syncUninterruptibly();
  }

  /** Messages without a meaning. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Sends back what was told, words before the answer and bytes behind it. */
  private static final class Echoing implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata told, ServerCallHandler<Q, A> next) {
      return next.startCall(
          new ForwardingServerCall.SimpleForwardingServerCall<>(call) {
            @Override
            public void sendHeaders(Metadata headers) {
              if (told.containsKey(TOLD)) {
                headers.put(TOLD, told.get(TOLD));
              }
              super.sendHeaders(headers);
            }

            @Override
            public void close(Status status, Metadata trailers) {
              if (told.containsKey(TOLD_BYTES)) {
                trailers.put(TOLD_BYTES, told.get(TOLD_BYTES));
              }
              super.close(status, trailers);
            }
          },
          told);
    }
  }
}
