package dev.gatehouse.proxy.route;

/**
 * How an L7 route speaks TLS with its backend.
 *
 * @param verify whether the backend must show a certificate for its name
 * @param authorities a file of certificates to trust; empty: those of the system
 * @param name sent and verified; empty: that of the backend, else that of the route
 */
public record BackendTls(boolean verify, String authorities, String name) {

  /** Verified against what the system trusts. */
  public static final BackendTls VERIFIED = new BackendTls(true, "", "");
}
