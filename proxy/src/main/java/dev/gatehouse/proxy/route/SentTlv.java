package dev.gatehouse.proxy.route;

/** What a PROXY header to a backend may tell besides addresses, in the order in which it does. */
public enum SentTlv {
  /** The name that the client asked for. */
  AUTHORITY("authority"),
  /** The first protocol that the client offered. */
  ALPN("alpn"),
  /** A name for the connection: the one received with it, else a new one. */
  UNIQUE_ID("unique_id"),
  /** The version and the cipher of the client's TLS, where that ends here. */
  SSL("ssl"),
  /** A checksum of the header. */
  CRC32C("crc32c");

  private final String label;

  SentTlv(String label) {
    this.label = label;
  }

  /** The word for this in the configuration. */
  public String label() {
    return label;
  }
}
