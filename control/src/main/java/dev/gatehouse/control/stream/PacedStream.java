package dev.gatehouse.control.stream;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One stream of answers at a steady pace, written by a virtual thread of its own.
 *
 * <p>An answer is made when it is due and its reader is ready, so that a slow reader misses some
 * and none pile up.
 */
public final class PacedStream<T> implements OpenStreams.Stream {

  /** Where the answers come from. */
  public interface Source<T> {

    /** The next answer. */
    T next();

    /** Whether there is none after it. */
    boolean isLast(T answer);

    /** The last one, if it has come to that when the daemon stops. */
    default Optional<T> last() {
      return Optional.empty();
    }
  }

  private final Source<T> source;
  private final Duration interval;
  private final ServerCallStreamObserver<T> call;
  private final StreamWriter writer;
  private final CountDownLatch ended = new CountDownLatch(1);

  PacedStream(Source<T> source, Duration interval, ServerCallStreamObserver<T> call) {
    this.source = source;
    this.interval = interval;
    this.call = call;
    this.writer = new StreamWriter(call);
  }

  /** The answer to a call of this server, not begun yet. */
  public static <T> PacedStream<T> of(Source<T> source, Duration interval, StreamObserver<T> call) {
    return new PacedStream<>(source, interval, (ServerCallStreamObserver<T>) call);
  }

  @Override
  public void open(Runnable whenEnded) {
    call.setOnCancelHandler(ended::countDown);
    writer.start(this::write, whenEnded);
  }

  @Override
  public void end() {
    ended.countDown();
  }

  private void write() throws InterruptedException {
    do {
      if (call.isReady() && isLast(source.next())) {
        call.onCompleted();
        return;
      }
    } while (!ended.await(interval.toNanos(), TimeUnit.NANOSECONDS));
    Optional<T> last = source.last();
    if (last.isEmpty() || call.isCancelled()) {
      writer.stop();
      return;
    }
    call.onNext(last.get());
    call.onCompleted();
  }

  private boolean isLast(T answer) {
    call.onNext(answer);
    return source.isLast(answer);
  }
}
