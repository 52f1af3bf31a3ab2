package dev.gatehouse.cli.text;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Measured numbers as short words. */
public final class Figures {

  private static final List<String> SIZES = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final int STEP = 1024;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1000;

  private Figures() {}

  /** {@code 1.5}; a number that is none is a question mark. */
  public static String rate(double perSecond) {
    return Double.isFinite(perSecond) ? decimal(perSecond) : "?";
  }

  /** {@code 240 B}, {@code 1.5 KiB}. */
  public static String bytes(double bytes) {
    if (!Double.isFinite(bytes)) {
      return "?";
    }
    double size = bytes;
    int unit = 0;
    while (size >= STEP && unit < SIZES.size() - 1) {
      size /= STEP;
      unit++;
    }
    String number = unit == 0 ? String.format(Locale.ROOT, "%.0f", size) : decimal(size);
    return number + " " + SIZES.get(unit);
  }

  /** {@code 1.5 ms}, {@code 2.0 s}. */
  public static String span(Duration span) {
    double millis = span.toNanos() / NANOS_PER_MILLI;
    return millis < MILLIS_PER_SECOND
        ? decimal(millis) + " ms"
        : decimal(millis / MILLIS_PER_SECOND) + " s";
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
