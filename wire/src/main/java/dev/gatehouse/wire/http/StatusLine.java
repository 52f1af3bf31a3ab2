package dev.gatehouse.wire.http;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a response is (RFC 9112 section 4).
 *
 * @param reason for humans; may be empty
 */
public record StatusLine(HttpVersion version, int status, String reason) {

  /** The least status, and the first that is no status any more (RFC 9110 section 15). */
  private static final int FIRST = 100;

  private static final int END = 600;

  /** The blank before an empty reason is missing often enough, and nothing hangs on it. */
  private static final Pattern FORM =
      Pattern.compile("(HTTP/[0-9]\\.[0-9]) ([0-9]{3})(?: ([^\\x00-\\x08\\x0a-\\x1f\\x7f]*))?");

  public StatusLine {
    if (!isStatus(status) || !Grammar.isFieldValue(reason)) {
      throw new IllegalArgumentException(
          "status line (expected: 100-599, and a reason without controls)");
    }
  }

  /** Whether a response may have this status. */
  public static boolean isStatus(int status) {
    return status >= FIRST && status < END;
  }

  /** Reads a line without its CRLF. */
  static Decoded<StatusLine> parse(String line) {
    Matcher parts = FORM.matcher(line);
    if (!parts.matches()) {
      return new Malformed<>(Http1Fault.START_LINE);
    }
    Optional<HttpVersion> version = HttpVersion.parse(parts.group(1));
    if (version.isEmpty()) {
      return new Malformed<>(Http1Fault.VERSION);
    }
    int status = Integer.parseInt(parts.group(2));
    String reason = parts.group(3);
    return isStatus(status)
        ? new Complete<>(
            new StatusLine(version.get(), status, reason == null ? "" : Grammar.trim(reason)))
        : new Malformed<>(Http1Fault.STATUS);
  }

  /** As it is written, without CRLF. */
  @Override
  public String toString() {
    return version.toString() + ' ' + status + ' ' + reason;
  }
}
