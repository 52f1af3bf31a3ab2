package dev.gatehouse.control.exposure;

import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.StreamExposureRequest;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads one message at a time, when the test asks for it. */
final class SlowReader implements ClientResponseObserver<StreamExposureRequest, ExposureEvent> {

  private final BlockingQueue<ExposureEvent> read = new LinkedBlockingQueue<>();
  private @Nullable ClientCallStreamObserver<StreamExposureRequest> call;

  ExposureEvent next() throws InterruptedException {
    Objects.requireNonNull(call).request(1);
    return Objects.requireNonNull(read.poll(20, TimeUnit.SECONDS), "an event in 20 s");
  }

  void cancel() {
    Objects.requireNonNull(call).cancel("enough", null);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<StreamExposureRequest> started) {
    call = started;
    started.disableAutoRequestWithInitial(0);
  }

  @Override
  public void onNext(ExposureEvent event) {
    read.add(event);
  }

  @Override
  public void onError(Throwable failure) {
    // the test ends the call itself
  }

  @Override
  public void onCompleted() {
    // a stream of changes has no end of its own
  }
}
