package dev.gatehouse.proxy.http.response;

/** Why a backend's response is not forwarded, and its connection not used again. */
public enum ResponseFault {
  /** Bytes, or a block of fields, that are no response. */
  MALFORMED("malformed"),
  TOO_LARGE("too_large"),
  /** A body whose end readers would see in different places. */
  FRAMING("framing"),
  /** A switch of protocols that nobody asked for, or to another one. */
  UPGRADE("upgrade"),
  /** More interim responses than anybody needs, or one that ends the exchange. */
  INTERIM("interim");

  private final String label;

  ResponseFault(String label) {
    this.label = label;
  }

  /** The word for this in logs. */
  public String label() {
    return label;
  }
}
