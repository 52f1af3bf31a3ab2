package dev.gatehouse.wire.http;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;

/**
 * What a request asks for (RFC 9112 section 3).
 *
 * @param method in its own letter case, known or not
 * @param target byte by byte as it was sent, of whatever form
 */
public record RequestLine(String method, String target, HttpVersion version) {

  /** Longer than any method in the registry. */
  public static final int MAX_METHOD_LENGTH = 32;

  public RequestLine {
    if (!isMethod(method) || !Grammar.isTarget(target)) {
      throw new IllegalArgumentException(
          "request line (expected: a token, and a target without blanks or controls)");
    }
  }

  /** Whether this may stand where a method stands. */
  public static boolean isMethod(String text) {
    return text.length() <= MAX_METHOD_LENGTH && Grammar.isToken(text);
  }

  /** Reads a line without its CRLF; three parts with one blank between each two. */
  static Decoded<RequestLine> parse(String line) {
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    if (first < 0 || first == last) {
      return new Malformed<>(Http1Fault.START_LINE);
    }
    String method = line.substring(0, first);
    String target = line.substring(first + 1, last);
    String version = line.substring(last + 1);
    if (!Grammar.isTarget(target) || !HttpVersion.isWellFormed(version)) {
      return new Malformed<>(Http1Fault.START_LINE);
    }
    if (!isMethod(method)) {
      return new Malformed<>(Http1Fault.METHOD);
    }
    return HttpVersion.parse(version)
        .<Decoded<RequestLine>>map(known -> new Complete<>(new RequestLine(method, target, known)))
        .orElseGet(() -> new Malformed<>(Http1Fault.VERSION));
  }

  /** As it is written, without CRLF. */
  @Override
  public String toString() {
    return method + ' ' + target + ' ' + version;
  }
}
