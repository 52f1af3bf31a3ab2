package dev.gatehouse.wire.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The fields of a message in their order; never merged, never sorted.
 *
 * <p>Every head is looked at and rewritten many times on its way, so these are loops: streams would
 * cost several times what they do.
 */
public record Fields(List<Field> all) implements Iterable<Field> {

  public static final Fields NONE = new Fields(List.of());

  public Fields {
    all = List.copyOf(all);
  }

  /** Gathers the fields of a head that is written anew, in their order. */
  public static final class Builder {

    private final List<Field> all = new ArrayList<>();

    /** One more. */
    public Builder add(String name, String value) {
      all.add(new Field(name, value));
      return this;
    }

    /** And then these. */
    public Builder add(Fields others) {
      all.addAll(others.all);
      return this;
    }

    public Fields build() {
      return new Fields(all);
    }
  }

  /** The values of all fields of this name. */
  public List<String> values(String name) {
    List<String> values = List.of();
    for (Field field : all) {
      if (field.is(name)) {
        values = values.isEmpty() ? List.of(field.value()) : joined(values, field.value());
      }
    }
    return values;
  }

  /** More than one field of a name is the exception. */
  private static List<String> joined(List<String> values, String last) {
    List<String> all = new ArrayList<>(values);
    all.add(last);
    return List.copyOf(all);
  }

  /** The value of the only field of this name; empty where there is none or more than one. */
  public Optional<String> only(String name) {
    List<String> values = values(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** Whether there is a field of this name, be it empty. */
  public boolean has(String name) {
    for (Field field : all) {
      if (field.is(name)) {
        return true;
      }
    }
    return false;
  }

  public int count() {
    return all.size();
  }

  /** These without those that match. */
  public Fields without(Predicate<Field> dropped) {
    List<Field> kept = new ArrayList<>(all.size());
    for (Field field : all) {
      if (!dropped.test(field)) {
        kept.add(field);
      }
    }
    return kept.size() == all.size() ? this : new Fields(kept);
  }

  /** These without all fields of this name. */
  public Fields without(String name) {
    return without(field -> field.is(name));
  }

  /** These and one more at the end. */
  public Fields with(String name, String value) {
    List<Field> more = new ArrayList<>(all.size() + 1);
    more.addAll(all);
    more.add(new Field(name, value));
    return new Fields(more);
  }

  /** These and then the others. */
  public Fields with(Fields others) {
    if (others.all.isEmpty()) {
      return this;
    }
    List<Field> both = new ArrayList<>(all.size() + others.all.size());
    both.addAll(all);
    both.addAll(others.all);
    return new Fields(both);
  }

  public Stream<Field> stream() {
    return all.stream();
  }

  @Override
  public Iterator<Field> iterator() {
    return all.iterator();
  }
}
