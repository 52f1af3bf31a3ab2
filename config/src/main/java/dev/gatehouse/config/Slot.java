package dev.gatehouse.config;

import dev.gatehouse.config.Pass.Entry;
import dev.gatehouse.config.document.Declaration;
import dev.gatehouse.config.document.Declaration.Need;
import dev.gatehouse.config.document.Declaration.Shape;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A key that has been named but not yet been given a default. */
abstract sealed class Slot<T> permits ScalarSlot, ListSlot {

  private final Scope scope;
  private final String name;
  private final String description;

  Slot(Scope scope, String name, String description) {
    this.scope = scope;
    this.name = name;
    this.description = description;
  }

  abstract Shape shape();

  abstract String expectation();

  abstract Node write(T value);

  /** The value, or nothing after its problems have been told. */
  abstract Optional<T> read(Entry entry);

  /** Restricts the values further. */
  abstract void check(Predicate<T> predicate, String expectation);

  Pass pass() {
    return scope.pass();
  }

  /** Names what was probably meant, except of a secret, of which nothing may be told. */
  void refuse(Entry entry, String expected) {
    if (shape().type() == Declaration.Type.SECRET) {
      pass().refuse(entry.hide(), "expected " + expected);
      return;
    }
    pass().refuse(entry, "expected " + expected + suggestion(entry.node()));
  }

  private String suggestion(Node node) {
    return node instanceof Scalar scalar ? Pass.didYouMean(scalar.text(), shape().choices()) : "";
  }

  T orElse(T fallback) {
    Node written = write(fallback);
    T value = given(written, fallback).orElse(fallback);
    declare(Need.DEFAULTED, written, Optional.of(value));
    return value;
  }

  Optional<T> optional() {
    Optional<T> value = scope.entry(name).filter(entry -> !isEmptyText(entry)).flatMap(this::read);
    declare(Need.OPTIONAL, null, value);
    return value;
  }

  /** The example also stands in for what is missing, in a pass that is refused in the end. */
  T required(T example) {
    Optional<Entry> entry = scope.entry(name);
    if (entry.isEmpty() && !pass().isDescribing()) {
      pass().refuse(scope.path(name), scope.line(), "missing; expected " + expectation());
    }
    T value = entry.flatMap(this::read).orElse(example);
    declare(Need.REQUIRED, write(example), Optional.of(value));
    return value;
  }

  /** What equals the default is right, even where the rules for other values would refuse it. */
  private Optional<T> given(Node written, T fallback) {
    Optional<Entry> entry = scope.entry(name);
    return entry.filter(found -> sameText(found.node(), written)).isPresent()
        ? Optional.of(fallback)
        : entry.flatMap(this::read);
  }

  private static boolean sameText(Node found, Node written) {
    return found instanceof Scalar a
        && written instanceof Scalar b
        && a.text().equals(b.text())
        && (a.kind() == b.kind() || a.kind() == Kind.UNTYPED);
  }

  private static boolean isEmptyText(Entry entry) {
    return entry.node() instanceof Scalar scalar && scalar.quoted() && scalar.text().isEmpty();
  }

  private void declare(Need need, @Nullable Node value, Optional<T> effective) {
    scope.declare(
        new Declaration.Key(name, description, shape(), expectation(), need, value),
        effective.map(this::write));
  }
}
