package dev.gatehouse.control.stream;

import dev.gatehouse.control.call.Answers;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;

/**
 * Writes one stream of answers on a virtual thread of its own, and tells its client why it ends.
 */
public final class StreamWriter {

  /** What a stream says, until it has said all. */
  public interface Script {

    void write() throws InterruptedException;
  }

  private final ServerCallStreamObserver<?> call;

  public StreamWriter(ServerCallStreamObserver<?> call) {
    this.call = call;
  }

  /**
   * Begins to write.
   *
   * @param whenEnded is told in the end, however it comes about
   */
  public void start(Script script, Runnable whenEnded) {
    Thread.ofVirtual().name("control-stream").start(() -> run(script, whenEnded));
  }

  private void run(Script script, Runnable whenEnded) {
    try {
      script.write();
    } catch (RuntimeException e) {
      fail(Answers.failure(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      whenEnded.run();
    }
  }

  /** Ends a stream that has not said all. */
  public void stop() {
    fail(Status.UNAVAILABLE.withDescription("the daemon stops").asRuntimeException());
  }

  /** A client that has left needs no answer. */
  private void fail(StatusRuntimeException status) {
    if (!call.isCancelled()) {
      call.onError(status);
    }
  }
}
