package dev.gatehouse.client.proxy;

import java.util.List;

/**
 * The PROXY header in front of each connection to a backend.
 *
 * @param sent whether there is one
 * @param tlvs what it tells besides addresses
 */
public record ProxyHeader(boolean sent, List<Tlv> tlvs) {

  /** No header. */
  public static final ProxyHeader NONE = new ProxyHeader(false, List.of());

  /** Something that a header can tell besides addresses. */
  public enum Tlv {
    AUTHORITY,
    ALPN,
    UNIQUE_ID,
    SSL,
    CRC32C,
    /** One that this program does not know. */
    UNKNOWN
  }

  public ProxyHeader {
    tlvs = List.copyOf(tlvs);
  }

  /** A header that tells this besides addresses. */
  public static ProxyHeader of(Tlv... tlvs) {
    return new ProxyHeader(true, List.of(tlvs));
  }
}
