package dev.gatehouse.wire.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The fields of a message in their order; never merged, never sorted. */
public record Fields(List<Field> all) implements Iterable<Field> {

  public static final Fields NONE = new Fields(List.of());

  public Fields {
    all = List.copyOf(all);
  }

  /** The values of all fields of this name. */
  public List<String> values(String name) {
    return stream().filter(field -> field.is(name)).map(Field::value).toList();
  }

  /** The value of the only field of this name; empty where there is none or more than one. */
  public Optional<String> only(String name) {
    List<String> values = values(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** Whether there is a field of this name, be it empty. */
  public boolean has(String name) {
    return stream().anyMatch(field -> field.is(name));
  }

  public int count() {
    return all.size();
  }

  /** These without those that match. */
  public Fields without(Predicate<Field> dropped) {
    return new Fields(stream().filter(dropped.negate()).toList());
  }

  /** These without all fields of this name. */
  public Fields without(String name) {
    return without(field -> field.is(name));
  }

  /** These and one more at the end. */
  public Fields with(String name, String value) {
    return with(new Fields(List.of(new Field(name, value))));
  }

  /** These and then the others. */
  public Fields with(Fields others) {
    List<Field> both = new ArrayList<>(all);
    both.addAll(others.all);
    return new Fields(both);
  }

  /** The same with names in lower case, as HTTP/2 wants them (RFC 9113 section 8.2). */
  public Fields lowerCased() {
    return new Fields(
        stream()
            .map(field -> new Field(field.name().toLowerCase(Locale.ROOT), field.value()))
            .toList());
  }

  public Stream<Field> stream() {
    return all.stream();
  }

  @Override
  public Iterator<Field> iterator() {
    return all.iterator();
  }
}
