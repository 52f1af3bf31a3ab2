package dev.gatehouse.bench.l7;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What h2load says at its end.
 *
 * @param answered requests whose answers were complete when time was up
 * @param bodyBytes of all answers, those included that were still coming
 */
record Report(long answered, long bodyBytes) {

  private static final Pattern REQUESTS =
      Pattern.compile(
          "requests: \\d+ total, \\d+ started, \\d+ done, (\\d+) succeeded, (\\d+) failed");

  private static final Pattern STATUS =
      Pattern.compile("status codes: \\d+ 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx");

  private static final Pattern BODIES = Pattern.compile("traffic: .*\\((\\d+)\\) data");

  static Report parse(String output) throws IOException {
    Matcher requests = find(REQUESTS, output);
    Matcher status = find(STATUS, output);
    for (int group = 1; group <= status.groupCount(); group++) {
      refuse(status.group(group), status.group());
    }
    refuse(requests.group(2), requests.group());
    return new Report(
        Long.parseLong(requests.group(1)), Long.parseLong(find(BODIES, output).group(1)));
  }

  /** What one contender refuses costs it little, and would make its figures look good. */
  private static void refuse(String count, String line) throws IOException {
    if (Long.parseLong(count) > 0) {
      throw new IOException(line + " (expected: 2xx alone)");
    }
  }

  private static Matcher find(Pattern pattern, String output) throws IOException {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IOException("h2load does not say '%s' but: %s".formatted(pattern, output.strip()));
    }
    return matcher;
  }

  /** How many bodies of that size have come, with the parts of those that were still coming. */
  double bodies(int size) {
    return (double) bodyBytes / size;
  }
}
