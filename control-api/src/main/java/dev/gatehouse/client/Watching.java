package dev.gatehouse.client;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A stream of answers that is read one by one, by one thread. */
public final class Watching<T> implements AutoCloseable {

  private final Context.CancellableContext stream;
  private final Iterator<T> answers;

  private Watching(Context.CancellableContext stream, Iterator<T> answers) {
    this.stream = stream;
    this.answers = answers;
  }

  /** Begins to watch; {@code call} makes the call, and {@code reader} reads each answer. */
  static <M, T> Watching<T> begin(Supplier<Iterator<M>> call, Function<M, T> reader) {
    Context.CancellableContext stream = Context.current().withCancellation();
    Context previous = stream.attach();
    try {
      Iterator<M> messages = call.get();
      return new Watching<>(
          stream,
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return messages.hasNext();
            }

            @Override
            public T next() {
              return reader.apply(messages.next());
            }
          });
    } finally {
      stream.detach(previous);
    }
  }

  /** Waits for the next answer; empty once there are no more, for whatever reason. */
  public Optional<T> next() {
    try {
      return answers.hasNext() ? Optional.of(answers.next()) : Optional.empty();
    } catch (StatusRuntimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
