package dev.gatehouse.client;

import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes calls over one channel, and turns what goes wrong into a {@link ControlException}.
 *
 * @param deadline of each call that has one answer; a stream has none
 */
record Calls(Channel channel, Path socket, Duration deadline) {

  /** The answer of one call. */
  <S extends AbstractBlockingStub<S>, T> T answer(Function<Channel, S> stub, Function<S, T> call)
      throws ControlException {
    try {
      return call.apply(stub.apply(channel).withDeadlineAfter(deadline));
    } catch (StatusRuntimeException e) {
      throw Failures.of(socket, e);
    }
  }

  /** Hands each element of a stream to the reader, on this thread, for as long as it wants more. */
  <S extends AbstractBlockingStub<S>, T> void stream(
      Function<Channel, S> stub, Function<S, Iterator<T>> call, Predicate<T> reader)
      throws ControlException {
    try (Context.CancellableContext stream = Context.current().withCancellation()) {
      Context previous = stream.attach();
      try {
        read(call.apply(stub.apply(channel)), reader);
      } catch (StatusRuntimeException e) {
        throw Failures.of(socket, e);
      } finally {
        stream.detach(previous);
      }
    }
  }

  /** Begins a stream whose elements are asked for one by one. */
  <S extends AbstractBlockingStub<S>, M, T> Watching<T> watch(
      Function<Channel, S> stub, Function<S, Iterator<M>> call, Function<M, T> reader) {
    return Watching.begin(() -> call.apply(stub.apply(channel)), reader);
  }

  private static <T> void read(Iterator<T> elements, Predicate<T> reader) {
    while (elements.hasNext()) {
      if (!reader.test(elements.next())) {
        return;
      }
    }
  }
}
