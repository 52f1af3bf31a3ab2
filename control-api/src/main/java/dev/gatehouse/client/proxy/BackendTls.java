package dev.gatehouse.client.proxy;

/**
 * How an L7 route encrypts towards its backends.
 *
 * @param used whether it does
 * @param verified whether the certificate of the backend must be good
 * @param ca a file of authorities to trust; empty for those of the system
 * @param name what the certificate must be for; empty for the host of the backend
 */
public record BackendTls(boolean used, boolean verified, String ca, String name) {

  /** No TLS. */
  public static final BackendTls NONE = new BackendTls(false, true, "", "");

  /** TLS with a backend that proves its name to the authorities of the system. */
  public static final BackendTls VERIFIED = new BackendTls(true, true, "", "");
}
