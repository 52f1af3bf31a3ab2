package dev.gatehouse.config.value;

import dev.gatehouse.config.document.Declaration.Shape;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Scalar;
import java.util.Optional;
import java.util.function.Function;

/**
 * One kind of plain value: how it is read, written and asked for.
 *
 * @param expectation completes "expected …" when something else stands there
 */
public record Codec<T>(
    Shape shape,
    String expectation,
    Function<Scalar, Optional<T>> parser,
    Function<T, Scalar> printer) {

  public Optional<T> read(Node node) {
    return node instanceof Scalar scalar ? parser.apply(scalar) : Optional.empty();
  }

  public Codec<T> shaped(Shape other) {
    return new Codec<>(other, expectation, parser, printer);
  }
}
