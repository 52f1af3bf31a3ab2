package dev.gatehouse.control.exposure;

import dev.gatehouse.control.ControlCalls;
import dev.gatehouse.control.call.Answers;
import dev.gatehouse.control.stream.OpenStreams;
import dev.gatehouse.v1.Connections;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.GetConnectionsRequest;
import dev.gatehouse.v1.GetExposureRequest;
import dev.gatehouse.v1.StreamExposureRequest;
import dev.gatehouse.v1.WatchServiceGrpc;
import dev.gatehouse.watch.WatchView;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Answers what the host exposes, once or as it changes. */
public final class WatchCalls extends WatchServiceGrpc.WatchServiceImplBase
    implements ControlCalls {

  private final @Nullable WatchView watch;
  private final ExposureMessages messages;
  private final OpenStreams streams = new OpenStreams();

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
      ExposureFilter filter = ExposureFilter.of(request);
      streams.open(
          new ExposureStream(
              watch(), messages, filter, (ServerCallStreamObserver<ExposureEvent>) call));
    } catch (RuntimeException e) {
      call.onError(Answers.failure(e));
    }
  }

  @Override
  public void drain() {
    streams.drain();
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
