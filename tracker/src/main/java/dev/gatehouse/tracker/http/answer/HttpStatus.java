package dev.gatehouse.tracker.http.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** What the first line of an answer says, with the body where that is always the same. */
public enum HttpStatus {
  OK(200, "OK", ""),
  BAD_REQUEST(400, "Bad Request", "Error when parsing request"),
  FORBIDDEN(403, "Forbidden", ""),
  NOT_FOUND(404, "Not Found", "404 Page not found"),
  METHOD_NOT_ALLOWED(405, "Method Not Allowed", ""),
  REQUEST_TIMEOUT(408, "Request Timeout", "Request timeout"),
  HEADER_TOO_LARGE(431, "Request Header Fields Too Large", "Too big request header"),
  UNAVAILABLE(503, "Service Unavailable", "");

  private final int code;

  @SuppressWarnings("ImmutableEnumChecker") // never written
  private final byte[] line;

  @SuppressWarnings("ImmutableEnumChecker") // never written
  private final byte[] body;

  HttpStatus(int code, String reason, String body) {
    this.code = code;
    String allow = code == 405 ? "Allow: GET, HEAD\r\n" : "";
    line = ("HTTP/1.1 " + code + ' ' + reason + "\r\n" + allow).getBytes(US_ASCII);
    this.body = body.getBytes(US_ASCII);
  }

  /** The word for this in metrics. */
  public String label() {
    return Integer.toString(code);
  }

  /** With its end; not to be changed. */
  byte[] line() {
    return line;
  }

  /** Not to be changed. */
  public byte[] body() {
    return body;
  }
}
