package dev.gatehouse.config.value;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of bytes as operators write them: {@code "240B"}, {@code "256KiB"}, {@code "4MiB"}. */
public final class SizeText {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,10})(B|KiB|MiB|GiB|TiB)?");

  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private SizeText() {}

  /** A bare number counts bytes; what no {@code long} can count is no size. */
  public static Optional<Long> parse(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return Optional.empty();
    }
    int power = size.group(2) == null ? 0 : UNITS.indexOf(size.group(2));
    long count = Long.parseLong(size.group(1));
    long unit = 1L << (10 * power);
    return count > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(count * unit);
  }

  /** In the largest unit that says it exactly. */
  public static String print(long bytes) {
    if (bytes == 0) {
      return "0B";
    }
    int power = Math.min(UNITS.size() - 1, Long.numberOfTrailingZeros(bytes) / 10);
    return (bytes >> (10 * power)) + UNITS.get(power);
  }
}
