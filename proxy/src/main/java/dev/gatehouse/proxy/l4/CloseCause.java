package dev.gatehouse.proxy.l4;

import java.util.Locale;

/** What ended a routed connection. */
public enum CloseCause {
  CLIENT_CLOSED,
  BACKEND_CLOSED,
  CLIENT_RESET,
  BACKEND_RESET,
  /** Without a byte in either direction for too long. */
  IDLE,
  /** The same, after one side had finished. */
  HALF_CLOSED,
  DIAL_FAILED,
  /** The time for connections to end by themselves was over. */
  SHUTDOWN,
  ERROR;

  /** The word for this in metrics and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether both sides had their say. */
  boolean isOrderly() {
    return switch (this) {
      case CLIENT_CLOSED, BACKEND_CLOSED -> true;
      case CLIENT_RESET, BACKEND_RESET, IDLE, HALF_CLOSED, DIAL_FAILED, SHUTDOWN, ERROR -> false;
    };
  }
}
