package dev.gatehouse.control;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts each call's end and tells it at debug: what was called, by whom, with which result. */
final class CallLog implements ServerInterceptor {

  private static final Logger log = LoggerFactory.getLogger(CallLog.class);

  /** What calls end with by design. */
  private static final List<Status.Code> CODES =
      List.of(
          Status.Code.OK,
          Status.Code.CANCELLED,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.NOT_FOUND,
          Status.Code.ALREADY_EXISTS,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.INTERNAL,
          Status.Code.UNAVAILABLE);

  private final EventCounters counters;

  CallLog(EventCounters counters) {
    this.counters = counters;
  }

  /** Lets the counters of these services be there before the first call. */
  void begin(List<ServerServiceDefinition> services) {
    for (ServerServiceDefinition service : services) {
      for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
        String name = method.getMethodDescriptor().getFullMethodName();
        CODES.forEach(code -> counters.counter(Metric.CONTROL_REQUESTS, name, code.name()));
      }
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    End end = new End(call.getMethodDescriptor().getFullMethodName(), Context.current());
    ServerCall<Q, A> told =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            end.tell(isCancelled() ? end.cancellation() : status);
            super.close(status, trailers);
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(told, headers)) {
      @Override
      public void onCancel() {
        end.tell(end.cancellation());
        super.onCancel();
      }
    };
  }

  /** The end of one call, which is told once whoever comes first. */
  private final class End {

    private final String method;
    private final Context context;
    private final Peer peer = Peer.current();
    private final AtomicBoolean told = new AtomicBoolean();

    End(String method, Context context) {
      this.method = method;
      this.context = context;
    }

    /** What the client has that left, or whose time was up. */
    Status cancellation() {
      return context.isCancelled() ? Contexts.statusFromCancelled(context) : Status.CANCELLED;
    }

    void tell(Status status) {
      if (!told.compareAndSet(false, true)) {
        return;
      }
      counters.counter(Metric.CONTROL_REQUESTS, method, status.getCode().name()).increment();
      log.atDebug()
          .setMessage("control_call")
          .addKeyValue("method", method)
          .addKeyValue("uid", peer.uid())
          .addKeyValue("pid", peer.pid())
          .addKeyValue("code", status.getCode())
          .log();
    }
  }
}
