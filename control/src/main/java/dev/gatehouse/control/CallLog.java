package dev.gatehouse.control;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each call's end at debug: what was called, by whom, with which result. */
final class CallLog implements ServerInterceptor {

  private static final Logger log = LoggerFactory.getLogger(CallLog.class);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Peer peer = Peer.current();
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            log.atDebug()
                .setMessage("control_call")
                .addKeyValue("method", getMethodDescriptor().getFullMethodName())
                .addKeyValue("uid", peer.uid())
                .addKeyValue("pid", peer.pid())
                .addKeyValue("code", status.getCode())
                .log();
            super.close(status, trailers);
          }
        },
        headers);
  }
}
