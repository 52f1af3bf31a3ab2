package dev.gatehouse.config.document;

import dev.gatehouse.config.document.Declaration.Need;
import java.util.regex.Pattern;

/**
 * A commented file in which every default can be seen and none is set.
 *
 * <p>{@code # key = value} and {@code # [section]} are settings that wait for their {@code #} to be
 * taken away; a list may go on over lines. Behind {@code ##} is prose or an example that is not the
 * default.
 */
public final class SampleFile {

  private static final Pattern SETTING = Pattern.compile("# ?[a-z][a-z0-9_]* *=.*");
  private static final Pattern HEADER = Pattern.compile("# ?\\[\\[?[a-z][a-z0-9_.]*]]?\\s*(#.*)?");

  private static final Pattern QUOTED = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|'[^']*'");
  private static final Pattern COMMENT = Pattern.compile("#.*");

  private final StringBuilder out = new StringBuilder();

  private SampleFile() {}

  /** A whole file; uncommented, it reads as the defaults. */
  public static String of(Declaration.Section root) {
    SampleFile sample = new SampleFile();
    sample.section("", root, "# ");
    return sample.out.toString();
  }

  /** The same file with its settings set. */
  public static String uncommented(String sample) {
    StringBuilder text = new StringBuilder();
    long open = 0;
    for (String line : sample.lines().toList()) {
      boolean setting = open > 0 ? line.startsWith("#") : isSetting(line);
      String kept = setting ? line.substring(1).stripLeading() : line;
      open = setting ? Math.max(0, open + brackets(kept)) : 0;
      text.append(kept).append('\n');
    }
    return text.toString();
  }

  private static boolean isSetting(String line) {
    return SETTING.matcher(line).matches() || HEADER.matcher(line).matches();
  }

  /** Opened less closed, outside of quotes and comments. */
  private static long brackets(String line) {
    String bare = COMMENT.matcher(QUOTED.matcher(line).replaceAll("")).replaceAll("");
    return bare.chars().filter(c -> c == '[').count() - bare.chars().filter(c -> c == ']').count();
  }

  private void section(String path, Declaration.Section section, String mark) {
    for (Declaration member : section.members()) {
      if (member instanceof Declaration.Key key) {
        setting(key, mark);
      }
    }
    for (Declaration member : section.members()) {
      if (member instanceof Declaration.Section inner) {
        headed(path.isEmpty() ? inner.name() : path + '.' + inner.name(), inner, mark);
      }
    }
  }

  /** A repeated table has no default entry, so all of it is an example. */
  private void headed(String path, Declaration.Section section, String mark) {
    String inner = section.repeated() ? "## " : mark;
    out.append("\n## ").append(section.description()).append('\n').append(inner);
    out.append(section.repeated() ? "[[" + path + "]]" : "[" + path + "]").append('\n');
    section(path, section, inner);
  }

  private void setting(Declaration.Key key, String mark) {
    out.append("## ").append(key.description()).append(": ").append(key.expectation());
    out.append('\n');
    if (key.value() == null) {
      out.append("## ").append(key.name()).append(" is not set\n");
      return;
    }
    String example = key.need() == Need.REQUIRED ? "## " : mark;
    out.append(example).append(TomlText.assignment(key.name(), key.value())).append('\n');
  }
}
