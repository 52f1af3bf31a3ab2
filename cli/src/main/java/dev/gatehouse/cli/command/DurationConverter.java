package dev.gatehouse.cli.command;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as the configuration writes it: {@code 250ms}, {@code 30s}, {@code 1h30m}. */
public final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,9}(?:ms|s|m|h|d))+|0");
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final int MAX_LENGTH = 60;

  @Override
  public Duration convert(String given) {
    if (given.length() > MAX_LENGTH || !WHOLE.matcher(given).matches()) {
      throw new TypeConversionException(
          "'%s' (expected: a duration such as 250ms, 30s or 1h30m)".formatted(given));
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(given);
    while (part.find()) {
      sum = sum.plus(Long.parseLong(part.group(1)), unit(part.group(2)));
    }
    return sum;
  }

  private static ChronoUnit unit(String name) {
    return switch (name) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }
}
