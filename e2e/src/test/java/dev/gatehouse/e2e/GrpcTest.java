package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.testkit.Await;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases with which implementations of gRPC prove that they understand each other. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcTest {

  private static final int LARGE_REQUEST = 271_828;
  private static final int LARGE_RESPONSE = 64 << 20;
  private static final long PATIENCE_SECONDS = 20;

  @TempDir private static Path folder;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private MultiThreadIoEventLoopGroup loops;
  private Scene scene;
  private Insiders inside;
  private GrpcEcho server;
  private Daemon gatehouse;
  private ManagedChannel channel;

  @BeforeAll
  void openTheDoor() throws Exception {
    scene = Scene.create(folder);
    inside = Insiders.of(scene.host(), 2);
    loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    server = new GrpcEcho(inside, 9301);
    gatehouse =
        scene.gatehouse(
            L7Routes.of(scene.certificate())
                .to("grpc", "127.0.0.1:9301", "backend_protocol = \"h2c\"")
                .to("auto", "127.0.0.1:9301")
                .to("down", "127.0.0.1:9309")
                .to(
                    "forbidden",
                    "127.0.0.1:9301",
                    "l7_policies = [{ type = \"block_user_agent\", value = \"grpc-java\" }]")
                .file());
    channel = channel("grpc");
  }

  @AfterAll
  void closeTheDoor() throws Exception {
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
    loops.shutdownGracefully().sync();
    inside.close();
    scene.close();
  }

  @Test
  void nothingIsAnsweredByNothing() {
    assertThat(unary(channel, new byte[0])).isEmpty();
  }

  @Test
  void aLargeMessageComesBack() {
    byte[] sent = new byte[LARGE_REQUEST];
    new Random(3).nextBytes(sent);
    assertThat(unary(channel, sent)).isEqualTo(sent);
  }

  @Test
  void sixtyFourMebibytesAreOneAnswer() {
    assertThat(unary(channel, ("bytes " + LARGE_RESPONSE).getBytes(UTF_8))).hasSize(LARGE_RESPONSE);
  }

  @Test
  void aBackendOfUnknownProtocolIsSpokenToAsGrpcNeedsIt() {
    assertThat(unary(channel("auto"), new byte[] {1})).containsExactly(1);
    assertThat(of("requests_total", "auto", "protocol=\"grpc\"")).isEqualTo(1);
  }

  @Test
  void aClientMayStreamUp() throws Exception {
    Answers answers = new Answers();
    StreamObserver<byte[]> up = ClientCalls.asyncClientStreamingCall(call(GrpcEcho.UP), answers);
    for (int size : List.of(27_182, 8, 1828, 45_904)) {
      up.onNext(new byte[size]);
    }
    up.onCompleted();
    assertThat(answers.next()).asString().isEqualTo("74922");
    assertThat(answers.status()).isEqualTo(Status.OK);
  }

  @Test
  void aServerMayStreamDown() {
    Iterator<byte[]> answers =
        ClientCalls.blockingServerStreamingCall(
            channel, GrpcEcho.DOWN, CallOptions.DEFAULT, new byte[] {1, 2, 3, 4});
    assertThat(answers)
        .toIterable()
        .containsExactly(new byte[] {1}, new byte[] {2}, new byte[] {3}, new byte[] {4});
  }

  @Test
  void aStreamWithoutAMessageEndsWell() {
    assertThat(
            ClientCalls.blockingServerStreamingCall(
                channel, GrpcEcho.DOWN, CallOptions.DEFAULT, new byte[0]))
        .toIterable()
        .isEmpty();
  }

  @Test
  void bothMaySpeakInTurn() throws Exception {
    Answers answers = new Answers();
    StreamObserver<byte[]> ping = ClientCalls.asyncBidiStreamingCall(call(GrpcEcho.BOTH), answers);
    for (int size : List.of(31_415, 9, 2653, 58_979)) {
      ping.onNext(new byte[size]);
      assertThat(answers.next()).hasSize(size);
    }
    ping.onCompleted();
    assertThat(answers.status()).isEqualTo(Status.OK);
  }

  @Test
  void theServerLearnsThatACallIsOffBeforeItsFirstMessage() throws Exception {
    Answers answers = new Answers();
    ClientCall<byte[], byte[]> call = call(GrpcEcho.UP);
    ClientCalls.asyncClientStreamingCall(call, answers);
    awaitActive("grpc");
    call.cancel("changed my mind", null);
    assertThat(answers.status().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertCancelled("up");
  }

  @Test
  void theServerLearnsThatACallIsOffAfterItsFirstAnswer() throws Exception {
    Answers answers = new Answers();
    ClientCall<byte[], byte[]> call = call(GrpcEcho.BOTH);
    StreamObserver<byte[]> ping = ClientCalls.asyncBidiStreamingCall(call, answers);
    ping.onNext(new byte[31_415]);
    assertThat(answers.next()).hasSize(31_415);
    call.cancel("heard enough", null);
    assertThat(answers.status().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertCancelled("both");
  }

  @Test
  void aStatusComesWithItsMessage() {
    assertFails(channel, "fail test status message", Status.UNKNOWN, "test status message");
  }

  @Test
  void aMessageMayHoldAnyCharacters() {
    String special = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";
    assertFails(channel, "fail " + special, Status.UNKNOWN, special);
  }

  @Test
  void aMethodThatIsNotThereIsUnimplemented() {
    StatusRuntimeException failed =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    channel, GrpcEcho.UNKNOWN, CallOptions.DEFAULT, new byte[0]));
    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void whatIsToldBesidesComesBackBeforeAndBehind() {
    Metadata told = new Metadata();
    told.put(GrpcEcho.TOLD, "test_initial_metadata_value");
    told.put(GrpcEcho.TOLD_BYTES, new byte[] {0xa, 0xb, 0xa, 0xb, 0xa, 0xb});
    AtomicReference<Metadata> before = new AtomicReference<>();
    AtomicReference<Metadata> behind = new AtomicReference<>();
    ClientCalls.blockingUnaryCall(
        ClientInterceptors.intercept(
            channel,
            MetadataUtils.newAttachHeadersInterceptor(told),
            MetadataUtils.newCaptureMetadataInterceptor(before, behind)),
        GrpcEcho.UNARY,
        CallOptions.DEFAULT,
        new byte[0]);
    assertThat(before.get().get(GrpcEcho.TOLD)).isEqualTo("test_initial_metadata_value");
    assertThat(behind.get().get(GrpcEcho.TOLD_BYTES)).containsExactly(10, 11, 10, 11, 10, 11);
  }

  @Test
  void aDeadlineEndsACallOnBothSides() throws Exception {
    StatusRuntimeException failed =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    channel,
                    GrpcEcho.SILENT,
                    CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.SECONDS),
                    new byte[0]));
    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertCancelled("silent");
  }

  @Test
  void aBackendThatIsDownIsUnavailable() {
    assertFails(channel("down"), "", Status.UNAVAILABLE, "Bad Gateway");
    assertThat(of("responses_total", "down", "code=\"502\"")).isEqualTo(1);
  }

  @Test
  void whatAPolicyForbidsIsADeniedPermission() {
    assertFails(channel("forbidden"), "", Status.PERMISSION_DENIED, "Forbidden");
    assertThat(of("policy_blocked_total", "forbidden", "block_user_agent")).isEqualTo(1);
  }

  private void assertCancelled(String call) throws InterruptedException {
    String next;
    do {
      next = server.cancelled().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("the server learns of it").isNotNull();
    } while (!call.equals(next));
  }

  private static void assertFails(
      ManagedChannel channel, String wish, Status expected, String message) {
    StatusRuntimeException failed =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> unary(channel, wish.getBytes(UTF_8)));
    assertThat(failed.getStatus().getCode()).isEqualTo(expected.getCode());
    assertThat(failed.getStatus().getDescription()).contains(message);
  }

  private void awaitActive(String name) throws Exception {
    Await.until("a call is under way", () -> of("requests_active", name) > 0);
  }

  private double of(String metric, String name, String... labels) {
    List<String> all = new ArrayList<>(List.of(labels));
    all.add("route=\"" + name + ".example.org\"");
    return Metrics.of(gatehouse).sum("gatehouse_proxy_" + metric, all.toArray(String[]::new));
  }

  private ClientCall<byte[], byte[]> call(MethodDescriptor<byte[], byte[]> method) {
    return channel.newCall(method, CallOptions.DEFAULT);
  }

  private static byte[] unary(ManagedChannel channel, byte[] request) {
    return ClientCalls.blockingUnaryCall(channel, GrpcEcho.UNARY, CallOptions.DEFAULT, request);
  }

  private ManagedChannel channel(String name) {
    try {
      ManagedChannel made =
          NettyChannelBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), L7Routes.PORT))
              .channelFactory(() -> inside.get(NioSocketChannel::new))
              .eventLoopGroup(loops)
              .overrideAuthority(name + ".example.org:" + L7Routes.PORT)
              .sslContext(
                  GrpcSslContexts.forClient()
                      .trustManager(scene.certificate().chain().toFile())
                      .build())
              .maxInboundMessageSize(2 * LARGE_RESPONSE)
              .build();
      channels.add(made);
      return made;
    } catch (SSLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes in answer to a stream, and how that ends. */
  private static final class Answers implements StreamObserver<byte[]> {

    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(byte[] message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable error) {
      end.complete(Status.fromThrowable(error));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }

    byte[] next() throws InterruptedException {
      byte[] next = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("the next answer").isNotNull();
      return next;
    }

    Status status() throws Exception {
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
