package dev.gatehouse.control.exposure;

import dev.gatehouse.control.Answers;
import dev.gatehouse.control.ControlCalls;
import dev.gatehouse.control.v1.Connections;
import dev.gatehouse.control.v1.Exposure;
import dev.gatehouse.control.v1.ExposureEvent;
import dev.gatehouse.control.v1.GetConnectionsRequest;
import dev.gatehouse.control.v1.GetExposureRequest;
import dev.gatehouse.control.v1.StreamExposureRequest;
import dev.gatehouse.control.v1.WatchServiceGrpc;
import dev.gatehouse.watch.WatchView;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Answers what the host exposes, once or as it changes. */
public final class WatchCalls extends WatchServiceGrpc.WatchServiceImplBase
    implements ControlCalls {

  /** How many streams may be open at once, of all clients together. */
  static final int MAX_STREAMS = 16;

  private final @Nullable WatchView watch;
  private final ExposureMessages messages;
  private final Semaphore freeStreams = new Semaphore(MAX_STREAMS);
  private final Set<ExposureStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /**
   * @param watch null while the watch is switched off; every call then says so
   */
  public WatchCalls(@Nullable WatchView watch, ExposureMessages messages) {
    this.watch = watch;
    this.messages = messages;
  }

  @Override
  public void getExposure(GetExposureRequest request, StreamObserver<Exposure> call) {
    Answers.answer(
        call,
        () -> {
          ExposureFilter filter = ExposureFilter.of(request);
          return messages.exposure(watch().exposure(request.getFresh()), filter);
        });
  }

  @Override
  public void getConnections(GetConnectionsRequest request, StreamObserver<Connections> call) {
    Answers.answer(
        call,
        () ->
            watch()
                .connections()
                .map(messages::connections)
                .orElseGet(Connections::getDefaultInstance));
  }

  @Override
  public void streamExposure(StreamExposureRequest request, StreamObserver<ExposureEvent> call) {
    try {
      open(ExposureFilter.of(request), (ServerCallStreamObserver<ExposureEvent>) call);
    } catch (RuntimeException e) {
      call.onError(Answers.failure(e));
    }
  }

  @Override
  public void drain() {
    draining = true;
    open.forEach(ExposureStream::end);
  }

  private void open(ExposureFilter filter, ServerCallStreamObserver<ExposureEvent> call) {
    ExposureStream stream = new ExposureStream(watch(), messages, filter, call);
    if (!freeStreams.tryAcquire()) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription(
              "%d streams are open (expected: at most that many)".formatted(MAX_STREAMS))
          .asRuntimeException();
    }
    open.add(stream);
    stream.open(
        () -> {
          open.remove(stream);
          freeStreams.release();
        });
    if (draining) {
      stream.end();
    }
  }

  private WatchView watch() {
    if (watch == null) {
      throw Status.FAILED_PRECONDITION
          .withDescription("the watch is switched off; add a [watch] section to the configuration")
          .asRuntimeException();
    }
    return watch;
  }
}
