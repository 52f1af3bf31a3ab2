package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.client.ControlException.Code;
import dev.gatehouse.client.ControlException.Reason;
import dev.gatehouse.v1.Change;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.GetExposureRequest;
import dev.gatehouse.v1.StreamExposureRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GatehouseClientTest {

  private static final Duration PLENTY = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void callsADaemonOverEveryTransport(UnixTransport transport) throws Exception {
    Path socket = folder.resolve("control.sock");
    try (FakeDaemon _ = new FakeDaemon(socket);
        GatehouseClient client = new GatehouseClient(transport, socket, PLENTY)) {
      assertThat(client.daemon().status().version()).isEqualTo("1.2.3");
    }
  }

  static Stream<Arguments> everyTransportAndDeadPath() {
    return Stream.of(UnixTransport.values())
        .flatMap(
            transport ->
                Stream.of(
                    arguments(transport, "absent", Reason.NO_FILE),
                    arguments(transport, "absent/control.sock", Reason.NO_FILE),
                    arguments(transport, "stale", Reason.REFUSED),
                    arguments(transport, "regular", Reason.NOT_A_SOCKET)));
  }

  @ParameterizedTest
  @MethodSource("everyTransportAndDeadPath")
  void saysWhyNobodyAnswers(UnixTransport transport, String file, Reason reason) throws Exception {
    Files.writeString(folder.resolve("regular"), "");
    leaveStaleSocket(folder.resolve("stale"));
    try (GatehouseClient client = new GatehouseClient(transport, folder.resolve(file), PLENTY)) {
      ControlException failure = failureOf(client.daemon()::status);
      assertThat(failure.reason()).isEqualTo(reason);
      assertThat(failure.reason().isUnreachable()).isTrue();
      assertThat(failure).hasMessage("%s: %s", folder.resolve(file), reason.words());
    }
  }

  @Test
  void passesOnWhatTheDaemonSaysWhenItRefuses() throws Exception {
    Path socket = folder.resolve("control.sock");
    try (FakeDaemon _ = new FakeDaemon(socket);
        GatehouseClient client = GatehouseClient.open(socket)) {
      ControlException failure =
          failureOf(() -> client.watch().exposure(GetExposureRequest.getDefaultInstance()));
      assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
      assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(failure.violations()).isEmpty();
      assertThat(failure.detail()).isEqualTo("the watch is off");
      assertThat(failure.reason().isUnreachable()).isFalse();
    }
  }

  @Test
  void anAnswerThatNeverComesIsATimeout() throws Exception {
    Path socket = folder.resolve("control.sock");
    try (FakeDaemon _ = new FakeDaemon(socket);
        GatehouseClient client = GatehouseClient.open(socket, Duration.ofMillis(200))) {
      ControlException failure =
          failureOf(
              () ->
                  client.watch().exposure(GetExposureRequest.newBuilder().setFresh(true).build()));
      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void readsAStreamUntilTheDaemonEndsIt() throws Exception {
    Path socket = folder.resolve("control.sock");
    List<Change> seen = new ArrayList<>();
    try (FakeDaemon _ = new FakeDaemon(socket);
        GatehouseClient client = GatehouseClient.open(socket)) {
      ControlException failure =
          failureOf(
              () ->
                  client
                      .watch()
                      .streamExposure(
                          StreamExposureRequest.getDefaultInstance(),
                          event -> seen.add(event.getChange())));
      assertThat(failure.reason()).isEqualTo(Reason.LOST);
      assertThat(failure.detail()).isEqualTo("the daemon stops");
    }
    assertThat(seen)
        .containsExactly(Change.CHANGE_SNAPSHOT, Change.CHANGE_OPENED, Change.CHANGE_CLOSED);
  }

  @Test
  void leavesAStreamWhenTheReaderHasEnough() throws Exception {
    Path socket = folder.resolve("control.sock");
    List<ExposureEvent> seen = new ArrayList<>();
    try (FakeDaemon _ = new FakeDaemon(socket);
        GatehouseClient client = GatehouseClient.open(socket)) {
      client
          .watch()
          .streamExposure(StreamExposureRequest.getDefaultInstance(), event -> !seen.add(event));
      assertThat(client.daemon().status().version()).isEqualTo("1.2.3");
    }
    assertThat(seen).hasSize(1);
  }

  @Test
  void refusesAPathThatNoSocketCanHave() throws Exception {
    Path atTheLimit = Path.of("/" + "x".repeat(106));
    Path onePast = Path.of("/" + "x".repeat(107));
    GatehouseClient.open(atTheLimit).close();
    ControlException failure = failureOf(() -> GatehouseClient.open(onePast).close());
    assertThat(failure.reason()).isEqualTo(Reason.PATH_TOO_LONG);
    assertThat(failure.detail()).isEqualTo("path of 108 bytes (expected: at most 107)");
  }

  @Test
  void aSocketThatThisUserMayNotOpenIsDenied() throws IOException {
    Path socket = Files.createFile(folder.resolve("control.sock"));
    assertThat(Failures.unreachable(socket, new ConnectException("connect: Permission denied")))
        .isEqualTo(Reason.DENIED);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void everyStatusOfAFailureHasACode(Status.Code code) {
    ControlException failure =
        Failures.of(folder, new StatusRuntimeException(code.toStatus().withDescription("why")));
    assertThat(failure.code()).hasToString(code.name());
  }

  private static void leaveStaleSocket(Path path) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
    }
  }

  private static ControlException failureOf(ThrowingCallable call) {
    return catchThrowableOfType(ControlException.class, call);
  }
}
