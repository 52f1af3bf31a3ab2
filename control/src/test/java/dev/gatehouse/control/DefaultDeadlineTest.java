package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.DaemonServiceGrpc;
import dev.gatehouse.v1.GetStatusRequest;
import dev.gatehouse.v1.GetStatusResponse;
import io.grpc.Deadline;
import io.grpc.Status.Code;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DefaultDeadlineTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final StatusCalls stuck =
      new StatusCalls(
          () -> {
            Waiting.forLatch(goOn);
            return GetStatusResponse.getDefaultInstance();
          });

  @Test
  void aCallOfAClientThatSetNoneIsAnsweredWhenTheTimeIsUp() throws Exception {
    try (Daemon daemon = new Daemon(folder, SHORT, stuck);
        RawChannel raw = new RawChannel(daemon.socket())) {
      var stub = DaemonServiceGrpc.newBlockingStub(raw.channel());
      CallFailure failure =
          CallFailure.of(() -> stub.getStatus(GetStatusRequest.getDefaultInstance()));
      assertThat(failure.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
      assertThat(stuck.contexts.getFirst().isCancelled()).isTrue();
      goOn.countDown();
      assertThat(stub.getStatus(GetStatusRequest.getDefaultInstance()))
          .isEqualTo(GetStatusResponse.getDefaultInstance());
    }
  }

  @Test
  void theDeadlineOfTheClientIsItsOwn() throws Exception {
    try (Daemon daemon = new Daemon(folder, SHORT, stuck);
        RawChannel raw = new RawChannel(daemon.socket())) {
      var call =
          DaemonServiceGrpc.newFutureStub(raw.channel())
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .getStatus(GetStatusRequest.getDefaultInstance());
      Await.until("the call runs", () -> !stuck.contexts.isEmpty());
      Deadline deadline = stuck.contexts.getFirst().getDeadline();
      assertThat(deadline.timeRemaining(TimeUnit.SECONDS)).isGreaterThan(10);
      goOn.countDown();
      assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(GetStatusResponse.getDefaultInstance());
    }
  }

  @Test
  void aDeadlineIsTakenBackWhenTheCallIsOver() throws Exception {
    goOn.countDown();
    try (Daemon daemon = new Daemon(folder, Duration.ofHours(1), stuck);
        RawChannel raw = new RawChannel(daemon.socket())) {
      DaemonServiceGrpc.newBlockingStub(raw.channel())
          .getStatus(GetStatusRequest.getDefaultInstance());
      Await.until("it is taken back", () -> stuck.contexts.getFirst().isCancelled());
    }
  }
}
