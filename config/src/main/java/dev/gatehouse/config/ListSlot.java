package dev.gatehouse.config;

import dev.gatehouse.config.Pass.Entry;
import dev.gatehouse.config.document.Declaration.Shape;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.value.Codec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A key with a list of plain values; outside of a file the values stand between commas. */
final class ListSlot<T> extends Slot<List<T>> {

  private final Codec<T> codec;
  private Predicate<List<T>> allowed = _ -> true;
  private String expectation;

  ListSlot(Scope scope, String name, String description, Codec<T> codec) {
    super(scope, name, description);
    this.codec = codec;
    this.expectation = "a list of " + codec.expectation();
  }

  @Override
  Shape shape() {
    return codec.shape().listed();
  }

  @Override
  String expectation() {
    return expectation;
  }

  @Override
  Node write(List<T> values) {
    return new Array(0, values.stream().<Node>map(codec.printer()).toList());
  }

  @Override
  void check(Predicate<List<T>> predicate, String stated) {
    allowed = allowed.and(predicate);
    expectation = stated;
  }

  @Override
  Optional<List<T>> read(Entry entry) {
    Optional<List<Node>> elements = elements(entry.node());
    if (elements.isEmpty()) {
      refuse(entry, expectation);
      return Optional.empty();
    }
    List<T> values = values(entry, elements.get());
    boolean whole = values.size() == elements.get().size();
    if (whole && !allowed.test(values)) {
      refuse(entry, expectation);
      return Optional.empty();
    }
    return Optional.of(values);
  }

  private List<T> values(Entry entry, List<Node> elements) {
    List<T> values = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      element(entry.element(i, elements.get(i))).ifPresent(values::add);
    }
    return List.copyOf(values);
  }

  private Optional<T> element(Entry element) {
    Optional<T> value = codec.read(element.node());
    if (value.isEmpty()) {
      refuse(element, codec.expectation());
    }
    return value;
  }

  private static Optional<List<Node>> elements(Node node) {
    return switch (node) {
      case Array array -> Optional.of(array.elements());
      case Scalar scalar when scalar.kind() == Kind.UNTYPED -> Optional.of(split(scalar.text()));
      case Scalar _, Table _ -> Optional.empty();
    };
  }

  private static List<Node> split(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1))
            .<Node>map(part -> new Scalar(0, Kind.UNTYPED, part.strip()))
            .toList();
  }
}
