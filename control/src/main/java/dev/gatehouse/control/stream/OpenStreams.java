package dev.gatehouse.control.stream;

import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The streams of one service that are open: at most so many, and none once the daemon stops. */
public final class OpenStreams {

  /** How many streams of one service may be open at once, of all clients together. */
  public static final int MAX = 16;

  /** An answer that ends when its reader or the daemon likes. */
  public interface Stream {

    /** Starts to write; called before the service's method returns. */
    void open(Runnable whenEnded);

    /** Ends it soon, from any thread; may be called twice. */
    void end();
  }

  private final Semaphore free = new Semaphore(MAX);
  private final Set<Stream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /**
   * Opens a stream.
   *
   * @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED if too many are open
   */
  public void open(Stream stream) {
    if (!free.tryAcquire()) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("%d streams are open (expected: at most that many)".formatted(MAX))
          .asRuntimeException();
    }
    open.add(stream);
    stream.open(
        () -> {
          open.remove(stream);
          free.release();
        });
    if (draining) {
      stream.end();
    }
  }

  /** Ends all of them, and every later one. */
  public void drain() {
    draining = true;
    open.forEach(Stream::end);
  }
}
