package dev.gatehouse.control.ops.page;

import java.util.Map;

/**
 * What a page says.
 *
 * @param headers further ones, by name
 */
public record Answer(int status, String contentType, String body, Map<String, String> headers) {

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** An answer without headers of its own. */
  public static Answer of(int status, String contentType, String body) {
    return new Answer(status, contentType, body, Map.of());
  }

  /** A JSON text. */
  public static Answer json(int status, String body) {
    return of(status, "application/json", body);
  }

  /** A plain text. */
  public static Answer text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
  }
}
