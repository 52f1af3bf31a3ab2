package dev.gatehouse.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How wide the terminal is: COLUMNS where it is exported, else what stty(1) says. */
public final class TerminalWidth {

  /** Wide enough that nothing is cut. */
  public static final int UNKNOWN = Integer.MAX_VALUE;

  private static final Pattern COLUMNS = Pattern.compile("[1-9][0-9]{0,4}");
  private static final Pattern SIZE = Pattern.compile("[0-9]+ ([1-9][0-9]{0,4})\\s*");
  private static final int MAX_ANSWER_BYTES = 64;

  private TerminalWidth() {}

  static int columns(Map<String, String> environment) {
    String exported = environment.getOrDefault("COLUMNS", "");
    return COLUMNS.matcher(exported).matches()
        ? Integer.parseInt(exported)
        : ofSize(stty()).orElse(UNKNOWN);
  }

  /** The columns in an answer of {@code stty size}: rows, blank, columns. */
  static OptionalInt ofSize(String answer) {
    Matcher size = SIZE.matcher(answer);
    return size.matches() ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty();
  }

  private static String stty() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return stty.waitFor(1, TimeUnit.SECONDS)
            ? new String(stty.getInputStream().readNBytes(MAX_ANSWER_BYTES), US_ASCII)
            : "";
      } finally {
        stty.destroy();
      }
    } catch (IOException e) {
      return ""; // no stty, no terminal: nothing is cut
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
