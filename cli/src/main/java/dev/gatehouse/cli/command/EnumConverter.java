package dev.gatehouse.cli.command;

import dev.gatehouse.cli.text.Words;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the words of an enum, in either case, and lists them when none fits; also what picocli
 * offers for completion. Nobody can ask for the constant that stands for what is not known.
 */
public class EnumConverter<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {

  private static final String UNKNOWN = "UNKNOWN";

  private final Set<E> values;

  public EnumConverter(Class<E> type) {
    this.values = EnumSet.allOf(type);
    values.removeIf(value -> value.name().equals(UNKNOWN));
  }

  @Override
  public final E convert(String given) {
    return values.stream()
        .filter(value -> value.name().equalsIgnoreCase(given))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(expected(given)));
  }

  @Override
  public final Iterator<String> iterator() {
    return words().iterator();
  }

  private Stream<String> words() {
    return values.stream().map(Words::of);
  }

  private String expected(String given) {
    return "'%s' (expected: %s)".formatted(given, words().collect(Collectors.joining(", ")));
  }
}
