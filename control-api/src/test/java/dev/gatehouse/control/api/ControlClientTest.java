package dev.gatehouse.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.control.api.ControlException.Reason;
import dev.gatehouse.control.v1.Change;
import dev.gatehouse.control.v1.ExposureEvent;
import dev.gatehouse.control.v1.GetExposureRequest;
import dev.gatehouse.control.v1.StreamExposureRequest;
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

class ControlClientTest {

  private static final Duration PLENTY = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void callsADaemonOverEveryTransport(UnixTransport transport) throws Exception {
    Path socket = folder.resolve("control.sock");
    try (FakeDaemon _ = new FakeDaemon(socket);
        ControlClient client = new ControlClient(transport, socket, PLENTY)) {
      assertThat(client.status().getVersion()).isEqualTo("1.2.3");
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
    try (ControlClient client = new ControlClient(transport, folder.resolve(file), PLENTY)) {
      ControlException failure = failureOf(client::status);
      assertThat(failure.reason()).isEqualTo(reason);
      assertThat(failure.reason().isUnreachable()).isTrue();
      assertThat(failure).hasMessage("%s: %s", folder.resolve(file), reason.words());
    }
  }

  @Test
  void passesOnWhatTheDaemonSaysWhenItRefuses() throws Exception {
    Path socket = folder.resolve("control.sock");
    try (FakeDaemon _ = new FakeDaemon(socket);
        ControlClient client = ControlClient.open(socket)) {
      ControlException failure =
          failureOf(() -> client.exposure(GetExposureRequest.getDefaultInstance()));
      assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
      assertThat(failure.detail()).isEqualTo("the watch is off");
      assertThat(failure.reason().isUnreachable()).isFalse();
    }
  }

  @Test
  void anAnswerThatNeverComesIsATimeout() throws Exception {
    Path socket = folder.resolve("control.sock");
    try (FakeDaemon _ = new FakeDaemon(socket);
        ControlClient client = ControlClient.open(socket, Duration.ofMillis(200))) {
      ControlException failure =
          failureOf(() -> client.exposure(GetExposureRequest.newBuilder().setFresh(true).build()));
      assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void readsAStreamUntilTheDaemonEndsIt() throws Exception {
    Path socket = folder.resolve("control.sock");
    List<Change> seen = new ArrayList<>();
    try (FakeDaemon _ = new FakeDaemon(socket);
        ControlClient client = ControlClient.open(socket)) {
      ControlException failure =
          failureOf(
              () ->
                  client.streamExposure(
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
        ControlClient client = ControlClient.open(socket)) {
      client.streamExposure(StreamExposureRequest.getDefaultInstance(), event -> !seen.add(event));
      assertThat(client.status().getVersion()).isEqualTo("1.2.3");
    }
    assertThat(seen).hasSize(1);
  }

  @Test
  void refusesAPathThatNoSocketCanHave() throws Exception {
    Path atTheLimit = Path.of("/" + "x".repeat(106));
    Path onePast = Path.of("/" + "x".repeat(107));
    ControlClient.open(atTheLimit).close();
    ControlException failure = failureOf(() -> ControlClient.open(onePast).close());
    assertThat(failure.reason()).isEqualTo(Reason.PATH_TOO_LONG);
    assertThat(failure.detail()).isEqualTo("path of 108 bytes (expected: at most 107)");
  }

  @Test
  void aSocketThatThisUserMayNotOpenIsDenied() throws IOException {
    Path socket = Files.createFile(folder.resolve("control.sock"));
    assertThat(Failures.unreachable(socket, new ConnectException("connect: Permission denied")))
        .isEqualTo(Reason.DENIED);
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
