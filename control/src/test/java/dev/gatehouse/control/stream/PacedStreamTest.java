package dev.gatehouse.control.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.CallFailure;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import io.grpc.Status.Code;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class PacedStreamTest {

  @RegisterExtension private final LogGuard log = new LogGuard();
  private final FakeCall call = new FakeCall();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Counts; the third answer is the last. */
  private static final class Counting implements PacedStream.Source<String> {

    private final AtomicInteger made = new AtomicInteger();

    @Override
    public String next() {
      return "answer " + made.incrementAndGet();
    }

    @Override
    public boolean isLast(String answer) {
      return answer.endsWith("3");
    }
  }

  @Test
  void aReaderThatIsNotReadyMissesAnswersInsteadOfPilingThemUp() throws Exception {
    Counting source = new Counting();
    open(source, Duration.ofMillis(1));
    Await.until("several answers were due", () -> call.askedWhetherReady.get() > 5);
    assertThat(source.made).hasValue(0);
    call.ready = true;
    Await.until("it is over", () -> ended.getCount() == 0);
    assertThat(call.told).containsExactly("answer 1", "answer 2", "answer 3");
    assertThat(call.completed).isTrue();
  }

  @Test
  void theFirstAnswerComesAtOnceAndTheEndWhenItIsAskedFor() throws Exception {
    call.ready = true;
    PacedStream<String> stream = open(new Counting(), Duration.ofHours(1));
    Await.until("the first has come", () -> !call.told.isEmpty());
    stream.end();
    stream.end();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(CallFailure.of(call.failures.getFirst()).description())
        .isEqualTo("the daemon stops");
    assertThat(call.told).hasSize(1);
  }

  @Test
  void whatIsOverWhenTheDaemonStopsIsToldSo() throws Exception {
    call.ready = true;
    PacedStream.Source<String> source =
        new PacedStream.Source<>() {
          @Override
          public String next() {
            return "on the way";
          }

          @Override
          public boolean isLast(String answer) {
            return false;
          }

          @Override
          public Optional<String> last() {
            return Optional.of("done");
          }
        };
    PacedStream<String> stream = open(source, Duration.ofHours(1));
    Await.until("the first has come", () -> !call.told.isEmpty());
    stream.end();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(call.told).containsExactly("on the way", "done");
    assertThat(call.completed).isTrue();
  }

  @Test
  void aClientThatLeavesIsToldNothingMore() throws Exception {
    open(new Counting(), Duration.ofHours(1));
    call.cancel();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(call.failures).isEmpty();
    assertThat(call.told).isEmpty();
  }

  @Test
  void aBugInTheSourceEndsTheStream() throws Exception {
    log.expect("control_call_failed");
    call.ready = true;
    open(
        new PacedStream.Source<>() {
          @Override
          public String next() {
            throw new IllegalStateException("a secret");
          }

          @Override
          public boolean isLast(String answer) {
            return true;
          }
        },
        Duration.ofHours(1));
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(CallFailure.of(call.failures.getFirst()).code()).isEqualTo(Code.INTERNAL);
  }

  private PacedStream<String> open(PacedStream.Source<String> source, Duration interval) {
    PacedStream<String> stream = new PacedStream<>(source, interval, call);
    stream.open(ended::countDown);
    return stream;
  }
}
