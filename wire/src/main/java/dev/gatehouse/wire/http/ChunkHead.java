package dev.gatehouse.wire.http;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;
import java.util.regex.Pattern;

/**
 * The line before the data of a chunk (RFC 9112 section 7.1).
 *
 * @param size zero for the last chunk
 * @param extensionLength characters behind the size, which mean nothing to anybody
 */
record ChunkHead(long size, int extensionLength) {

  /** What fits a signed number of 64 bits, whatever the digits are. */
  static final int MAX_DIGITS = 15;

  private static final int RADIX = 16;
  private static final Pattern DIGITS = Pattern.compile("[0-9A-Fa-f]{1," + MAX_DIGITS + "}");
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";

  /** ASCII alone: readers differ over bytes beyond it, and nobody sends any. */
  private static final String QUOTED = "\"(?:[\t -~&&[^\"\\\\]]|\\\\[\t -~])*+\"";

  private static final Pattern EXTENSIONS =
      Pattern.compile("(?:;" + TOKEN + "(?:=(?:" + TOKEN + "|" + QUOTED + "))?+)*+");

  /** Reads a line without its CRLF; no blank is taken anywhere but within quotes. */
  static Decoded<ChunkHead> parse(String line) {
    int semicolon = line.indexOf(';');
    String digits = semicolon < 0 ? line : line.substring(0, semicolon);
    if (!DIGITS.matcher(digits).matches()) {
      return new Malformed<>(Http1Fault.CHUNK_SIZE);
    }
    String extensions = line.substring(digits.length());
    return EXTENSIONS.matcher(extensions).matches()
        ? new Complete<>(new ChunkHead(Long.parseLong(digits, RADIX), extensions.length()))
        : new Malformed<>(Http1Fault.CHUNK_EXTENSION);
  }
}
