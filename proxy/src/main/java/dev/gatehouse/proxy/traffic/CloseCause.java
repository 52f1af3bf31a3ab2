package dev.gatehouse.proxy.traffic;

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
  /** Without a request for too long. */
  KEEPALIVE,
  DIAL_FAILED,
  /** No TLS connection came about. */
  TLS_FAILED,
  /** The client broke a rule of its protocol. */
  REFUSED,
  /** The client did more of something than anybody needs. */
  H2_ABUSE,
  /** The time for connections to end by themselves was over. */
  SHUTDOWN,
  ERROR;

  /** The word for this in metrics and logs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether both sides had their say. */
  public boolean isOrderly() {
    return switch (this) {
      case CLIENT_CLOSED, BACKEND_CLOSED, KEEPALIVE -> true;
      case CLIENT_RESET,
          BACKEND_RESET,
          IDLE,
          HALF_CLOSED,
          DIAL_FAILED,
          TLS_FAILED,
          REFUSED,
          H2_ABUSE,
          SHUTDOWN,
          ERROR ->
          false;
    };
  }
}
