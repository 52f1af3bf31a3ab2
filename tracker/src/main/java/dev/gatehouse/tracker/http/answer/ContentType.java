package dev.gatehouse.tracker.http.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What an answer is. */
public enum ContentType {
  TEXT("text/plain; charset=utf-8"),
  HTML("text/html; charset=utf-8"),
  JSON("application/json");

  @SuppressWarnings("ImmutableEnumChecker") // never written
  private final byte[] field;

  ContentType(String type) {
    field = ("Content-Type: " + type + "\r\nContent-Length: ").getBytes(US_ASCII);
  }

  /** The field, and the beginning of that with the length; not to be changed. */
  byte[] field() {
    return field;
  }
}
