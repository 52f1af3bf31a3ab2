package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.Endpoint;
import java.io.IOException;

/** An address that could not be bound; ends the start. */
public final class ListenException extends IOException {

  private static final long serialVersionUID = 1;

  private final String key;
  private final transient Endpoint endpoint;

  /** An address that the configuration names under that key. */
  public ListenException(String key, Endpoint endpoint, Throwable cause) {
    super(key + " " + endpoint + ": " + reason(cause), cause);
    this.key = key;
    this.endpoint = endpoint;
  }

  /** Where the configuration names the address. */
  public String key() {
    return key;
  }

  /** The address as configured. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** The system's words; what some transports put before them, such as call and number, is cut. */
  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.substring(message.lastIndexOf(": ") + 1).strip();
  }
}
