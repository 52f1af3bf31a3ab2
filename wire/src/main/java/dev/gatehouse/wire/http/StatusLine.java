package dev.gatehouse.wire.http;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;

/**
 * What a response is (RFC 9112 section 4).
 *
 * @param reason for humans; may be empty
 */
public record StatusLine(HttpVersion version, int status, String reason) {

  /** The least status, and the first that is no status any more (RFC 9110 section 15). */
  private static final int FIRST = 100;

  private static final int END = 600;

  /** Version and status have one length each; the places of the blanks behind them. */
  private static final int VERSION_END = 8;

  private static final int STATUS_END = 12;

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
    if (!isFormed(line)) {
      return new Malformed<>(Http1Fault.START_LINE);
    }
    String version = line.substring(0, VERSION_END);
    String reason = Grammar.trim(line, STATUS_END);
    if (!HttpVersion.isWellFormed(version) || !Grammar.isFieldValue(reason)) {
      return new Malformed<>(Http1Fault.START_LINE);
    }
    int status = Integer.parseInt(line, VERSION_END + 1, STATUS_END, 10);
    return HttpVersion.parse(version)
        .map(known -> judged(known, status, reason))
        .orElseGet(() -> new Malformed<>(Http1Fault.VERSION));
  }

  private static Decoded<StatusLine> judged(HttpVersion version, int status, String reason) {
    return isStatus(status)
        ? new Complete<>(new StatusLine(version, status, reason))
        : new Malformed<>(Http1Fault.STATUS);
  }

  /** The blank before an empty reason is missing often enough, and nothing hangs on it. */
  private static boolean isFormed(String line) {
    return line.length() >= STATUS_END
        && line.charAt(VERSION_END) == ' '
        && isDigit(line.charAt(VERSION_END + 1))
        && isDigit(line.charAt(VERSION_END + 2))
        && isDigit(line.charAt(VERSION_END + 3))
        && (line.length() == STATUS_END || line.charAt(STATUS_END) == ' ');
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** As it is written, without CRLF. */
  @Override
  public String toString() {
    return version.toString() + ' ' + status + ' ' + reason;
  }
}
