package dev.gatehouse.config;

import dev.gatehouse.config.value.Codec;
import dev.gatehouse.config.value.Codecs;
import dev.gatehouse.config.value.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One table of the configuration, as the feature that owns it reads it.
 *
 * <p>A reader asks for every key that it knows, whatever the values of others are: asking declares
 * the key, and the check for unknown keys, the schema, the reference and the effective
 * configuration all come from what was asked. A reader has no effects, since it also runs over
 * nothing to learn the keys, and it is handed stand-ins for what is wrong, since one mistake must
 * not hide the next.
 */
public final class Section {

  /** Of one repeated table, where the reader says nothing else. */
  private static final int MAX_TABLES = 1024;

  private final Scope scope;

  Section(Scope scope) {
    this.scope = scope;
  }

  /** A whole number, 0 or more unless it is given a range. */
  public IntegerKey integer(String name, String description) {
    return new IntegerKey(scope, name, description, Codecs.INTEGERS);
  }

  public DecimalKey decimal(String name, String description) {
    return new DecimalKey(scope, name, description);
  }

  public Key<Boolean> flag(String name, String description) {
    return key(name, description, Codecs.FLAGS);
  }

  public Key<String> text(String name, String description) {
    return key(name, description, Codecs.TEXTS);
  }

  /** {@code "250ms"}, {@code "30s"}, {@code "1h30m"}. */
  public DurationKey duration(String name, String description) {
    return new DurationKey(scope, name, description);
  }

  /** Bytes: {@code "256KiB"}, {@code "4MiB"}, or a bare number. */
  public IntegerKey size(String name, String description) {
    return new IntegerKey(scope, name, description, Codecs.SIZES);
  }

  /** One of the constants, under the labels that the operator writes. */
  public <E extends Enum<E>> Key<E> choice(
      String name, String description, Class<E> values, Function<E, String> label) {
    return key(name, description, Codecs.choices(values, label));
  }

  /** Text, or an integer, with a grammar of its own; {@code toString} says the value again. */
  public <T> Key<T> value(
      String name, String description, String expectation, Function<String, Optional<T>> parser) {
    return value(name, description, expectation, parser, String::valueOf);
  }

  /**
   * As the other, for a type whose {@code toString} is not what an operator writes.
   *
   * @param expectation completes "expected …"
   * @param printer what the parser reads as the same value
   */
  public <T> Key<T> value(
      String name,
      String description,
      String expectation,
      Function<String, Optional<T>> parser,
      Function<T, String> printer) {
    return key(name, description, Codecs.values(expectation, parser, printer));
  }

  public Key<List<String>> strings(String name, String description) {
    return list(name, description, Codecs.TEXTS);
  }

  /** A list whose elements have a grammar of their own. */
  public <T> Key<List<T>> values(
      String name, String description, String expectation, Function<String, Optional<T>> parser) {
    return list(name, description, Codecs.values(expectation, parser, String::valueOf));
  }

  /** A list of constants, under the labels that the operator writes. */
  public <E extends Enum<E>> Key<List<E>> choices(
      String name, String description, Class<E> values, Function<E, String> label) {
    return list(name, description, Codecs.choices(values, label));
  }

  /** {@code "env:NAME"}, {@code "file:/path"}, or the secret itself; empty text is none. */
  public Optional<Secret> secret(String name, String description) {
    return key(name, description, scope.pass().secrets()).optional();
  }

  /** A list of what {@link #secret} reads. */
  public List<Secret> secrets(String name, String description) {
    return list(name, description, scope.pass().secrets()).orElse(List.of());
  }

  /** The key's value chooses which of the readers, by their names, reads the keys beside it. */
  public <T> VariantKey<T> variant(
      String name, String description, Map<String, Function<Section, T>> readers) {
    SortedMap<String, Function<Section, T>> sorted = new TreeMap<>(readers);
    List<String> names = List.copyOf(sorted.keySet());
    return new VariantKey<>(this, VariantKey.slot(scope, name, description, names), sorted);
  }

  /** A table within this one. */
  public Section section(String name, String description) {
    return new Section(scope.child(name, description));
  }

  /** An array of tables, or a list of inline tables, of at most 1024 entries. */
  public <T> List<T> tables(String name, String description, Function<Section, T> reader) {
    return tables(name, description, MAX_TABLES, reader);
  }

  public <T> List<T> tables(
      String name, String description, int atMost, Function<Section, T> reader) {
    return scope.children(name, description, atMost).stream()
        .map(child -> reader.apply(new Section(child)))
        .toList();
  }

  /**
   * Whether the file has this table; with no file at all every table counts as present. A section
   * that is asked this is left out of the effective configuration when it is absent.
   */
  public boolean isPresent() {
    return scope.isPresent();
  }

  /** Whether there is no file, so that built-in defaults are all there is. */
  public boolean isBuiltIn() {
    return !scope.pass().hasFile() && !scope.pass().isDescribing();
  }

  /** Whether the table says something of that key, right or wrong. */
  public boolean has(String key) {
    return scope.entry(key).isPresent();
  }

  /** Where the table begins in its file; 0 where there is none. */
  public int line() {
    return scope.line();
  }

  /**
   * Tells that a key does not fit the others.
   *
   * @param expectation completes "expected …", with the way out
   */
  public void refuse(String key, String expectation) {
    reject(key, "expected " + expectation);
  }

  /** As {@link #refuse}, for a sentence that does not begin with "expected". */
  public void reject(String key, String sentence) {
    scope
        .told(key)
        .ifPresentOrElse(
            entry -> scope.pass().refuse(entry, sentence),
            () -> scope.pass().refuse(scope.path(key), scope.line(), sentence));
  }

  /** Tells what is allowed but probably not meant. */
  public void warn(String key, String sentence) {
    scope
        .told(key)
        .ifPresentOrElse(
            entry -> scope.pass().warn(entry, sentence),
            () -> scope.pass().warn(scope.path(key), scope.line(), sentence));
  }

  private <T> Key<T> key(String name, String description, Codec<T> codec) {
    return new Key<>(new ScalarSlot<>(scope, name, description, codec));
  }

  private <T> Key<List<T>> list(String name, String description, Codec<T> codec) {
    return new Key<>(new ListSlot<>(scope, name, description, codec));
  }
}
