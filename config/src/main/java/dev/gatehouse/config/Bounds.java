package dev.gatehouse.config;

import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Quotation;
import org.jspecify.annotations.Nullable;

/** The ends of a range, for the check, the error text and the schema alike. */
final class Bounds {

  private Bounds() {}

  /** Both ends belong to the range; null: no upper end. */
  static <T extends Comparable<T>> void between(ScalarSlot<T> slot, T least, @Nullable T most) {
    slot.check(value -> isWithin(value, least, most), expectation(slot, least, most));
    slot.shape(slot.shape().between(slot.write(least), most == null ? null : slot.write(most)));
  }

  static <T> void orElseExactly(ScalarSlot<T> slot, T value) {
    slot.shape(slot.shape().or(slot.write(value)));
    slot.alsoAllow(value, slot.expectation() + ", or " + Quotation.of(slot.write(value)));
  }

  private static <T extends Comparable<T>> boolean isWithin(T value, T least, @Nullable T most) {
    return value.compareTo(least) >= 0 && (most == null || value.compareTo(most) <= 0);
  }

  private static <T> String expectation(ScalarSlot<T> slot, T least, @Nullable T most) {
    Scalar from = slot.write(least);
    return most == null ? from.text() + " or more" : from.text() + '–' + slot.write(most).text();
  }
}
