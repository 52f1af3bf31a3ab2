package dev.gatehouse.client.proxy;

/**
 * How a route speaks TLS with clients.
 *
 * @param certificate a file with the chain, as an absolute path
 * @param key a file with the private key, as an absolute path
 * @param minVersion 1.2 or 1.3; empty for what the proxy demands of all
 */
public record ServerTls(String certificate, String key, String minVersion) {

  /** Nothing, as for a route whose backend speaks TLS with the client. */
  public static final ServerTls NONE = new ServerTls("", "", "");

  /** A certificate with its key. */
  public static ServerTls of(String certificate, String key) {
    return new ServerTls(certificate, key, "");
  }
}
