package dev.gatehouse.control.ops;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rights on a file of ours, which never gives any to others than owner and group. */
public record FileMode(int bits) {

  /** {@code 0600}. */
  public static final FileMode OWNER_ONLY = new FileMode(0600);

  /** What a text must look like. */
  static final String FORM = "an octal mode without rights for others, such as \"0600\", \"0660\"";

  private static final Pattern TEXT = Pattern.compile("0?[0-7][0-7]0");

  static Optional<FileMode> parse(String text) {
    return TEXT.matcher(text).matches()
        ? Optional.of(new FileMode(Integer.parseInt(text, 8)))
        : Optional.empty();
  }

  /** Four octal digits. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%04o", bits);
  }
}
