package dev.gatehouse.proxy.http.forward;

import dev.gatehouse.kernel.address.CidrSet;

/**
 * What backends are told of clients, and whose word on it counts.
 *
 * @param trustedForwarders proxies in front of this one, whose fields are kept
 * @param requestIdHeader the field that names a request; empty: none
 */
public record ForwardingRules(CidrSet trustedForwarders, Style style, String requestIdHeader) {

  /** Which fields are written; of those that are not, a trusted forwarder's pass. */
  public enum Style {
    X_FORWARDED("x-forwarded"),
    FORWARDED("forwarded"),
    BOTH("both"),
    NONE("none");

    private final String label;

    Style(String label) {
      this.label = label;
    }

    /** The word for this in the configuration. */
    public String label() {
      return label;
    }

    boolean hasXForwarded() {
      return this == X_FORWARDED || this == BOTH;
    }

    boolean hasForwarded() {
      return this == FORWARDED || this == BOTH;
    }
  }
}
