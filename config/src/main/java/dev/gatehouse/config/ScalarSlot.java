package dev.gatehouse.config;

import dev.gatehouse.config.Pass.Entry;
import dev.gatehouse.config.document.Declaration.Shape;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Quotation;
import dev.gatehouse.config.value.Codec;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A key with one plain value. */
final class ScalarSlot<T> extends Slot<T> {

  private Codec<T> codec;
  private Predicate<T> allowed = _ -> true;
  private String expectation;

  /** Of what is not even of the right form, so that a range alone would be a riddle. */
  private String form;

  ScalarSlot(Scope scope, String name, String description, Codec<T> codec) {
    super(scope, name, description);
    this.codec = codec;
    this.expectation = codec.expectation();
    this.form = expectation;
  }

  @Override
  Shape shape() {
    return codec.shape();
  }

  void shape(Shape shape) {
    codec = codec.shaped(shape);
  }

  @Override
  String expectation() {
    return expectation;
  }

  @Override
  Scalar write(T value) {
    return codec.printer().apply(value);
  }

  @Override
  void check(Predicate<T> predicate, String stated) {
    allowed = allowed.and(predicate);
    expectation = stated;
    form = stated;
  }

  /** Widens what {@link #check} has restricted. */
  private void alsoAllow(T single) {
    String alternative = ", or " + Quotation.of(write(single));
    allowed = allowed.or(single::equals);
    expectation += alternative;
    form += alternative;
  }

  @Override
  Optional<T> read(Entry entry) {
    Optional<T> value = codec.read(entry.node());
    if (value.isEmpty()) {
      refuse(entry, form);
      return value;
    }
    if (!allowed.test(value.get())) {
      refuse(entry, expectation);
      return Optional.empty();
    }
    return value;
  }

  /** Both ends belong to the range; null: no upper end. */
  static <T extends Comparable<T>> void between(ScalarSlot<T> slot, T least, @Nullable T most) {
    Scalar from = slot.write(least);
    Scalar to = most == null ? null : slot.write(most);
    slot.check(
        value -> isWithin(value, least, most),
        to == null ? from.text() + " or more" : from.text() + '–' + to.text());
    slot.form =
        slot.codec.expectation()
            + (to == null
                ? ", " + from.text() + " or more"
                : ", from " + from.text() + " to " + to.text());
    slot.shape(slot.shape().between(from, to));
  }

  static <T> void orElseExactly(ScalarSlot<T> slot, T value) {
    slot.shape(slot.shape().or(slot.write(value)));
    slot.alsoAllow(value);
  }

  private static <T extends Comparable<T>> boolean isWithin(T value, T least, @Nullable T most) {
    return value.compareTo(least) >= 0 && (most == null || value.compareTo(most) <= 0);
  }
}
