package dev.gatehouse.wire.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** The versions of HTTP/1 that are spoken. */
public enum HttpVersion {
  HTTP_1_0("HTTP/1.0"),
  HTTP_1_1("HTTP/1.1");

  private static final Pattern FORM = Pattern.compile("HTTP/[0-9]\\.[0-9]");

  private final String text;

  HttpVersion(String text) {
    this.text = text;
  }

  /** The version of this very text. */
  static Optional<HttpVersion> parse(String text) {
    for (HttpVersion version : values()) {
      if (version.text.equals(text)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** Whether this names a version, spoken or not (RFC 9112 section 2.3). */
  static boolean isWellFormed(String text) {
    return parse(text).isPresent() || FORM.matcher(text).matches();
  }

  /** As it stands in a start line. */
  @Override
  public String toString() {
    return text;
  }
}
