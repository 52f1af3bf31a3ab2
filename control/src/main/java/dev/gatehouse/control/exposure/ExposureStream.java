package dev.gatehouse.control.exposure;

import dev.gatehouse.control.stream.OpenStreams;
import dev.gatehouse.control.stream.StreamWriter;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.watch.WatchView;
import dev.gatehouse.watch.WatchView.Subscription;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;

/**
 * One open stream of changes, written by a virtual thread of its own.
 *
 * <p>The transport's readiness is the back-pressure: while the client does not read, nothing is
 * handed to gRPC and the bounded backlog takes the changes.
 */
final class ExposureStream implements OpenStreams.Stream {

  private final WatchView watch;
  private final ExposureMessages messages;
  private final ExposureFilter filter;
  private final ServerCallStreamObserver<ExposureEvent> call;
  private final StreamWriter writer;
  private final Backlog backlog;

  ExposureStream(
      WatchView watch,
      ExposureMessages messages,
      ExposureFilter filter,
      ServerCallStreamObserver<ExposureEvent> call) {
    this.watch = watch;
    this.messages = messages;
    this.filter = filter;
    this.call = call;
    this.writer = new StreamWriter(call);
    this.backlog = new Backlog(filter);
  }

  @Override
  public void open(Runnable whenEnded) {
    call.setOnReadyHandler(backlog::wake);
    call.setOnCancelHandler(backlog::close);
    writer.start(this::write, whenEnded);
  }

  @Override
  public void end() {
    backlog.close();
  }

  private void write() throws InterruptedException {
    Subscription subscription = watch.subscribe(backlog);
    try {
      backlog.begin(watch.exposure(false));
      Optional<Backlog.Item> item = backlog.take(call::isReady);
      while (item.isPresent()) {
        call.onNext(message(item.get()));
        item = backlog.take(call::isReady);
      }
    } finally {
      subscription.cancel();
    }
    writer.stop();
  }

  private ExposureEvent message(Backlog.Item item) {
    return switch (item) {
      case Backlog.Item.Whole whole -> messages.snapshot(whole.snapshot(), filter);
      case Backlog.Item.Change change -> messages.event(change.event());
    };
  }
}
