package dev.gatehouse.config.value;

import dev.gatehouse.config.document.Declaration;
import dev.gatehouse.config.document.Declaration.Shape;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of plain values that every feature may ask for. */
public final class Codecs {

  /** At most eighteen digits: within a {@code long}, and no sign but minus. */
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

  public static final Codec<Long> INTEGERS =
      new Codec<>(
          Shape.of(Declaration.Type.INTEGER),
          "a whole number",
          of(EnumSet.of(Kind.INTEGER), Codecs::integer),
          Scalar::integer);

  public static final Codec<Double> DECIMALS =
      new Codec<>(
          Shape.of(Declaration.Type.DECIMAL),
          "a number",
          of(EnumSet.of(Kind.INTEGER, Kind.DECIMAL), Codecs::decimal),
          value -> new Scalar(0, Kind.DECIMAL, decimalText(value)));

  public static final Codec<Boolean> FLAGS =
      new Codec<>(
          Shape.of(Declaration.Type.BOOLEAN),
          "true or false",
          of(EnumSet.of(Kind.BOOLEAN), Codecs::flag),
          value -> new Scalar(0, Kind.BOOLEAN, value.toString()));

  public static final Codec<String> TEXTS =
      new Codec<>(
          Shape.of(Declaration.Type.TEXT),
          "text",
          of(EnumSet.of(Kind.TEXT), Optional::of),
          Scalar::text);

  public static final Codec<Duration> DURATIONS =
      new Codec<>(
          Shape.of(Declaration.Type.DURATION),
          "a duration such as \"30s\"",
          of(EnumSet.of(Kind.TEXT, Kind.INTEGER), DurationText::parse),
          value -> Scalar.text(DurationText.print(value)));

  public static final Codec<Long> SIZES =
      new Codec<>(
          Shape.of(Declaration.Type.SIZE),
          "a size such as \"256KiB\"",
          of(EnumSet.of(Kind.TEXT, Kind.INTEGER), SizeText::parse),
          value -> Scalar.text(SizeText.print(value)));

  private Codecs() {}

  public static <E extends Enum<E>> Codec<E> choices(Class<E> values, Function<E, String> label) {
    List<E> all = List.of(values.getEnumConstants());
    return new Codec<>(
        Shape.choice(all.stream().map(label).toList()),
        oneOf(all.stream().map(label).toList()),
        of(
            EnumSet.of(Kind.TEXT),
            text -> all.stream().filter(v -> label.apply(v).equals(text)).findFirst()),
        value -> Scalar.text(label.apply(value)));
  }

  /** Names of alternatives that are not an enum. */
  public static Codec<String> names(List<String> names) {
    return new Codec<>(
        Shape.choice(names),
        oneOf(names),
        of(EnumSet.of(Kind.TEXT), text -> Optional.of(text).filter(names::contains)),
        Scalar::text);
  }

  public static <T> Codec<T> values(
      String expectation, Function<String, Optional<T>> parser, Function<T, String> printer) {
    return new Codec<>(
        Shape.of(Declaration.Type.VALUE),
        expectation,
        of(EnumSet.of(Kind.TEXT, Kind.INTEGER), parser),
        value -> Scalar.text(printer.apply(value)));
  }

  /**
   * Values that are hidden wherever they would be shown.
   *
   * @param finder follows a reference to the secret
   */
  public static Codec<Secret> secrets(Function<String, Optional<Secret>> finder) {
    return new Codec<>(
        Shape.of(Declaration.Type.SECRET),
        "\"env:NAME\" of a set variable, \"file:/path\" of a readable text file, or the text itself",
        of(EnumSet.of(Kind.TEXT), finder),
        _ -> Scalar.text(Secret.HIDDEN));
  }

  /** A value from outside of the file has no kind of its own and may be any. */
  private static <T> Function<Scalar, Optional<T>> of(
      Set<Kind> kinds, Function<String, Optional<T>> parser) {
    return scalar ->
        scalar.kind() == Kind.UNTYPED || kinds.contains(scalar.kind())
            ? parser.apply(scalar.text())
            : Optional.empty();
  }

  private static Optional<Long> integer(String text) {
    return INTEGER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static Optional<Double> decimal(String text) {
    return DECIMAL.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  private static Optional<Boolean> flag(String text) {
    return Arrays.asList("true", "false").contains(text)
        ? Optional.of(text.equals("true"))
        : Optional.empty();
  }

  private static String decimalText(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** {@code a, b or c}. */
  private static String oneOf(List<String> names) {
    if (names.size() < 2) {
      return String.join("", names);
    }
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
