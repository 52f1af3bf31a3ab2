package dev.gatehouse.config.value;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as operators write them: {@code "250ms"}, {@code "30s"}, {@code "1h30m"}. */
public final class DurationText {

  private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,12}(?:ms|s|m|h|d))+|0");
  private static final Pattern PART = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");

  /** Parts of one text; keeps the sum far from overflow. */
  private static final int MAX_LENGTH = 60;

  private record Unit(String name, long millis) {}

  private static final List<Unit> PRINTED =
      List.of(new Unit("h", 3_600_000), new Unit("m", 60_000), new Unit("s", 1_000));

  private DurationText() {}

  public static Optional<Duration> parse(String text) {
    if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(Long.parseLong(part.group(1)), unit(part.group(2)));
    }
    return Optional.of(sum);
  }

  /** In the largest unit that says it exactly. */
  public static String print(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    return PRINTED.stream()
        .filter(unit -> millis % unit.millis() == 0)
        .findFirst()
        .map(unit -> millis / unit.millis() + unit.name())
        .orElse(millis + "ms");
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
