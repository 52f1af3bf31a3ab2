package dev.gatehouse.tracker.storage;

import dev.gatehouse.wire.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What hooks keep, in this process; it ends with it. */
public final class MemoryKeyValues implements KeyValueStore {

  private final Map<String, Map<Bytes, Bytes>> contexts = new ConcurrentHashMap<>();
  private volatile boolean closed;

  @Override
  public CompletionStage<@Nullable Void> put(String context, Map<Bytes, Bytes> entries) {
    return in(
        context,
        values -> {
          values.putAll(entries);
          return null;
        });
  }

  @Override
  public CompletionStage<Boolean> contains(String context, Bytes key) {
    return in(context, values -> values.containsKey(key));
  }

  @Override
  public CompletionStage<Optional<Bytes>> load(String context, Bytes key) {
    return in(context, values -> Optional.ofNullable(values.get(key)));
  }

  @Override
  public CompletionStage<@Nullable Void> delete(String context, Set<Bytes> keys) {
    return in(
        context,
        values -> {
          values.keySet().removeAll(keys);
          return null;
        });
  }

  @Override
  public boolean isPreserved() {
    return false;
  }

  @Override
  public void close() {
    closed = true;
  }

  private <T extends @Nullable Object> CompletionStage<T> in(
      String context, Function<Map<Bytes, Bytes>, T> action) {
    return closed
        ? CompletableFuture.failedStage(
            new IllegalStateException("key-value store: closed (expected: open)"))
        : CompletableFuture.completedStage(
            action.apply(contexts.computeIfAbsent(context, _ -> new ConcurrentHashMap<>())));
  }
}
