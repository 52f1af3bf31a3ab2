package dev.gatehouse.tracker.storage;

import dev.gatehouse.wire.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What hooks keep: values by keys of any bytes, apart for each context.
 *
 * <p>Nothing here blocks. A store that has been closed fails every stage; to close it again does
 * nothing.
 */
public interface KeyValueStore extends AutoCloseable {

  /** Keeps all entries; a key that is there gets the new value. */
  CompletionStage<@Nullable Void> put(String context, Map<Bytes, Bytes> entries);

  CompletionStage<Boolean> contains(String context, Bytes key);

  CompletionStage<Optional<Bytes>> load(String context, Bytes key);

  /** Forgets the keys that are there. */
  CompletionStage<@Nullable Void> delete(String context, Set<Bytes> keys);

  /** Whether what is kept is there after a restart. */
  boolean isPreserved();

  @Override
  void close();
}
