package dev.gatehouse.proxy.http.guard;

import java.util.Locale;

/** Why a request is refused, as metrics tell it. */
public enum RefusalReason {
  FRAMING,
  REQUEST_LINE,
  HEADER,
  HOST,
  AUTHORITY,
  HEADER_SIZE,
  URI_LENGTH,
  BODY_SIZE,
  METHOD,
  VERSION,
  EXPECTATION,
  HEADER_TIMEOUT,
  BODY_TIMEOUT,
  /** More requests of one client than it may make. */
  RATE,
  UPGRADE;

  /** The word for this in metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
