package dev.gatehouse.kernel.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.kernel.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LifeCycleTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void releaseStuckParts() {
    release.countDown();
  }

  @Test
  void startsInOrderAndClosesInReverse() throws Exception {
    LifeCycle life = life(LONG, new Recording("a"), new Recording("b"), new Recording("c"));
    life.start();
    life.close();
    assertThat(calls)
        .containsExactly("start a", "start b", "start c", "close c", "close b", "close a");
  }

  @Test
  void closesEveryPartOnce() throws Exception {
    LifeCycle life = life(LONG, new Recording("a"));
    life.start();
    life.close();
    life.close();
    assertThat(calls).containsExactly("start a", "close a");
  }

  @Test
  void aCloseWithoutAStartTouchesNoPart() throws Exception {
    life(LONG, new Recording("a")).close();
    assertThat(calls).isEmpty();
  }

  @Test
  void doesNotStartOnceClosed() throws Exception {
    LifeCycle life = life(LONG, new Recording("a"));
    life.close();
    assertThatThrownBy(life::start)
        .isInstanceOf(LifeCycleException.class)
        .hasMessage("all: closed while starting");
    assertThat(calls).isEmpty();
  }

  @Test
  void aFailedStartUnwindsWhatRanAndTellsTheCause() {
    IOException cause = new IOException("address in use");
    Part failing =
        new Recording("c") {
          @Override
          public void start() throws IOException {
            throw cause;
          }
        };
    LifeCycle life =
        life(LONG, new Recording("a"), new Recording("b"), failing, new Recording("d"));
    assertThatThrownBy(life::start)
        .isInstanceOf(LifeCycleException.class)
        .hasMessage("c: did not start")
        .hasCause(cause);
    assertThat(calls).containsExactly("start a", "start b", "close b", "close a");
  }

  @Test
  void anErrorUnwindsLikeAnException() {
    Part failing =
        new Recording("b") {
          @Override
          public void start() {
            throw new NoClassDefFoundError("missing");
          }
        };
    assertThatThrownBy(life(LONG, new Recording("a"), failing)::start)
        .hasCauseInstanceOf(NoClassDefFoundError.class);
    assertThat(calls).containsExactly("start a", "close a");
  }

  @Test
  void failuresWhileUnwindingAreSuppressedInTheFirst() {
    Part failing =
        new Recording("b") {
          @Override
          public void start() throws IOException {
            throw new IOException("b cannot");
          }
        };
    Throwable thrown = catchThrowable(life(LONG, new Unclosable("a"), failing)::start);
    assertThat(thrown).hasRootCauseMessage("b cannot");
    assertThat(thrown.getSuppressed())
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasMessage("a: close failed"));
  }

  @Test
  void oneFailedCloseDoesNotSpareTheOthers() throws Exception {
    LifeCycle life = life(LONG, new Unclosable("a"), new Recording("b"), new Unclosable("c"));
    life.start();
    Throwable thrown = catchThrowable(life::close);
    assertThat(thrown).hasMessage("all: not closed cleanly");
    assertThat(thrown.getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly("c: close failed", "a: close failed");
    assertThat(calls).contains("close b");
  }

  @Test
  void aStuckPartIsLeftBehindAndTheOthersAreStillTold() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    Part last =
        new Recording("a") {
          @Override
          public void close() {
            told.countDown();
          }
        };
    LifeCycle life = life(Duration.ofMillis(50), last, new Stuck("b"));
    life.start();
    Throwable thrown = catchThrowable(life::close);
    assertThat(thrown.getSuppressed()[0]).hasMessage("b: not closed within PT0.05S");
    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCloseEndsAStartAfterItsPresentPart() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    Part slow =
        new Recording("a") {
          @Override
          public void start() throws InterruptedException {
            starting.countDown();
            release.await();
          }
        };
    LifeCycle life = life(LONG, slow, new Recording("b"));
    FutureTask<Throwable> start = inThread(() -> catchThrowable(life::start));
    starting.await();
    FutureTask<Throwable> close = new FutureTask<>(() -> catchThrowable(life::close));
    Thread closer = Thread.ofPlatform().daemon().start(close);
    while (closer.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    release.countDown();
    assertThat(start.get()).hasMessage("all: closed while starting");
    assertThat(close.get()).isNull();
    assertThat(calls).containsExactly("close a");
  }

  @Test
  void aCloseDoesNotWaitForAStartThatNeverEnds() throws Exception {
    CountDownLatch starting = new CountDownLatch(1);
    Part stuck =
        new Recording("a") {
          @Override
          public void start() throws InterruptedException {
            starting.countDown();
            release.await();
          }
        };
    LifeCycle life = life(Duration.ofMillis(50), stuck);
    FutureTask<Throwable> start = inThread(() -> catchThrowable(life::start));
    starting.await();
    assertThatThrownBy(life::close).hasMessage("all: still starting after PT0.05S");
    release.countDown();
    start.get();
  }

  private static FutureTask<Throwable> inThread(Callable<Throwable> work) {
    FutureTask<Throwable> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private static LifeCycle life(Duration closeTimeout, Part... parts) {
    return new LifeCycle("all", List.of(parts), closeTimeout, Ticker.system());
  }

  private class Recording implements Part {

    private final String name;

    Recording(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() throws Exception {
      calls.add("start " + name);
    }

    @Override
    public void close() throws Exception {
      calls.add("close " + name);
    }
  }

  private final class Unclosable extends Recording {

    Unclosable(String name) {
      super(name);
    }

    @Override
    public void close() throws IOException {
      throw new IOException("no");
    }
  }

  private final class Stuck extends Recording {

    Stuck(String name) {
      super(name);
    }

    @Override
    public void close() throws InterruptedException {
      release.await();
    }
  }
}
