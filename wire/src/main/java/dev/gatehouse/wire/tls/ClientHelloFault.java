package dev.gatehouse.wire.tls;

import dev.gatehouse.wire.Decoded;

/** Why bytes are no ClientHello. None of them ever counts as "a hello without a name". */
public enum ClientHelloFault implements Decoded.Fault {
  /** Not a TLS record at all: another protocol, or a PROXY header that nobody asked for. */
  NOT_TLS("not_tls"),
  /** Announced or received more than the configured limits. */
  TOO_BIG("too_big"),
  RECORD_TYPE("record_type"),
  RECORD_LENGTH("record_length"),
  HANDSHAKE_TYPE("handshake_type"),
  VERSION("version"),
  /** A length that lies, or bytes that belong to nothing. */
  LENGTH("length"),
  DUPLICATE_EXTENSION("duplicate_extension"),
  /** A {@code server_name} list without a host name, or with two. */
  SNI_LIST("sni_list"),
  /** A host name that is none. */
  NAME("name");

  private final String label;

  ClientHelloFault(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
