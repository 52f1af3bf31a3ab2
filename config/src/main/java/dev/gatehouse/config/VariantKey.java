package dev.gatehouse.config;

import dev.gatehouse.config.value.Codecs;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;

/** A key whose value names the reader of the keys beside it. */
public final class VariantKey<T> {

  private final Section section;
  private final SortedMap<String, Function<Section, T>> readers;
  private final ScalarSlot<String> slot;

  VariantKey(
      Section section, ScalarSlot<String> slot, SortedMap<String, Function<Section, T>> readers) {
    this.section = section;
    this.slot = slot;
    this.readers = readers;
  }

  public T orElse(String fallback) {
    return read(slot.orElse(fallback));
  }

  /** As {@link Key#required}. */
  public T required(String example) {
    return read(slot.required(example));
  }

  static ScalarSlot<String> slot(Scope scope, String name, String description, List<String> names) {
    return new ScalarSlot<>(scope, name, description, Codecs.names(names));
  }

  private T read(String chosen) {
    if (slot.pass().isDescribing()) {
      for (Function<Section, T> reader : readers.values()) {
        T _ = reader.apply(section);
      }
    }
    return Objects.requireNonNull(readers.get(chosen), chosen).apply(section);
  }
}
