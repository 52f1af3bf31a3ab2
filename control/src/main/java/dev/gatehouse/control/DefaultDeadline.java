package dev.gatehouse.control;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives a deadline to calls of clients that set none, so that none is waited for without end.
 * Streams are left alone: they end when somebody likes.
 */
final class DefaultDeadline implements ServerInterceptor {

  private final Duration time;
  private final ScheduledExecutorService clock;

  DefaultDeadline(Duration time, ScheduledExecutorService clock) {
    this.time = time;
    this.clock = clock;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    boolean isStream = !call.getMethodDescriptor().getType().serverSendsOneMessage();
    if (isStream || Context.current().getDeadline() != null) {
      return next.startCall(call, headers);
    }
    CancellableContext limited =
        Context.current().withDeadlineAfter(time.toNanos(), TimeUnit.NANOSECONDS, clock);
    Limited<Q, A> answered = new Limited<>(call, limited);
    limited.addListener(over -> answered.closeIfLate(), Runnable::run);
    return new Ending<>(Contexts.interceptCall(limited, answered, headers, next), limited);
  }

  /** Answered by whoever comes first: the service, or the clock. */
  private static final class Limited<Q, A> extends SimpleForwardingServerCall<Q, A> {

    private final CancellableContext context;
    private boolean closed;

    Limited(ServerCall<Q, A> call, CancellableContext context) {
      super(call);
      this.context = context;
    }

    synchronized void closeIfLate() {
      Status status = Contexts.statusFromCancelled(context);
      if (!closed && status != null && status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
        close(status, new Metadata());
      }
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!closed) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (!closed) {
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }
  }

  /** Takes the deadline back when the call is over. */
  private static final class Ending<Q> extends SimpleForwardingServerCallListener<Q> {

    private final CancellableContext context;

    Ending(ServerCall.Listener<Q> listener, CancellableContext context) {
      super(listener);
      this.context = context;
    }

    @Override
    public void onCancel() {
      context.cancel(null);
      super.onCancel();
    }

    @Override
    public void onComplete() {
      context.cancel(null);
      super.onComplete();
    }
  }
}
