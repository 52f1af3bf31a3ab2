package dev.gatehouse.cli.command;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an amount of bytes as the configuration writes it: {@code 240}, {@code 16KiB}. */
public final class SizeConverter implements ITypeConverter<Long> {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})(B|KiB|MiB|GiB|TiB)?");
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  @Override
  public Long convert(String given) {
    Matcher size = SIZE.matcher(given);
    if (size.matches()) {
      long count = Long.parseLong(size.group(1));
      long unit = size.group(2) == null ? 1 : 1L << (10 * UNITS.indexOf(size.group(2)));
      if (count <= Long.MAX_VALUE / unit) {
        return count * unit;
      }
    }
    throw new TypeConversionException(
        "'%s' (expected: a size such as 240, 16KiB or 1MiB)".formatted(given));
  }
}
