package dev.gatehouse.proxy.http.guard;

import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.HopByHop;
import dev.gatehouse.wire.http.Field;
import dev.gatehouse.wire.http.Fields;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of fields with {@code _} in their name, which many a backend takes for the same name
 * with {@code -}.
 */
public enum UnderscoreHeaders {
  DROP("drop"),
  REJECT("reject"),
  /** All but those that would pass for framing, which no backend may see twice. */
  ALLOW("allow");

  private static final Set<String> FRAMING = Set.of("content-length", "host");

  private final String label;

  UnderscoreHeaders(String label) {
    this.label = label;
  }

  /** The word for this in the configuration. */
  public String label() {
    return label;
  }

  Optional<Refusal> refusal(Fields fields) {
    return this == REJECT && fields.stream().anyMatch(UnderscoreHeaders::isOne)
        ? Optional.of(Refusal.unserved(ErrorStatus.BAD_REQUEST, RefusalReason.HEADER))
        : Optional.empty();
  }

  Fields apply(Fields fields) {
    return switch (this) {
      case DROP, REJECT -> fields.without(UnderscoreHeaders::isOne);
      case ALLOW -> fields.without(UnderscoreHeaders::passesForFraming);
    };
  }

  private static boolean isOne(Field field) {
    return field.name().indexOf('_') >= 0;
  }

  private static boolean passesForFraming(Field field) {
    String folded = field.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return isOne(field) && (FRAMING.contains(folded) || HopByHop.isOne(folded));
  }
}
