package dev.gatehouse.control.stream;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A call whose client reads when the test says so. */
final class FakeCall extends ServerCallStreamObserver<String> {

  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Throwable> failures = new CopyOnWriteArrayList<>();
  final AtomicInteger askedWhetherReady = new AtomicInteger();
  volatile boolean ready;
  volatile boolean completed;
  volatile boolean cancelled;
  private volatile @Nullable Runnable whenCancelled;

  void cancel() {
    cancelled = true;
    Objects.requireNonNull(whenCancelled).run();
  }

  @Override
  public boolean isReady() {
    askedWhetherReady.incrementAndGet();
    return ready;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    whenCancelled = handler;
  }

  @Override
  public void onNext(String answer) {
    told.add(answer);
  }

  @Override
  public void onError(Throwable failure) {
    failures.add(failure);
  }

  @Override
  public void onCompleted() {
    completed = true;
  }

  @Override
  public void setCompression(String compression) {
    throw new AssertionError(compression);
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    throw new AssertionError(handler);
  }

  @Override
  public void request(int count) {
    throw new AssertionError(count);
  }

  @Override
  public void setMessageCompression(boolean enable) {
    throw new AssertionError(enable);
  }

  @Override
  public void disableAutoInboundFlowControl() {
    throw new AssertionError("flow control");
  }
}
