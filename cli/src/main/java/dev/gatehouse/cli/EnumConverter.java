package dev.gatehouse.cli;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the words of an enum, in either case, and lists them when none fits. */
final class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {

  private final Set<E> values;

  EnumConverter(Class<E> type) {
    this.values = EnumSet.allOf(type);
  }

  @Override
  public E convert(String given) {
    return values.stream()
        .filter(value -> value.name().equalsIgnoreCase(given))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(expected(given)));
  }

  private String expected(String given) {
    String words = values.stream().map(Enum::toString).collect(Collectors.joining(", "));
    return "'%s' (expected: %s)".formatted(given, words);
  }
}
