package dev.gatehouse.wire.proxyprotocol;

import dev.gatehouse.wire.Decoded;

/** Why bytes are no PROXY protocol header. */
public enum ProxyHeaderFault implements Decoded.Fault {
  /** Neither version's first bytes. */
  SIGNATURE("signature"),
  V1_SYNTAX("v1_syntax"),
  VERSION("version"),
  COMMAND("command"),
  FAMILY("family"),
  TRANSPORT("transport"),
  /** Too short for the addresses that it announces. */
  LENGTH("length"),
  TOO_BIG("too_big"),
  TLV("tlv"),
  /** The checksum is wrong. */
  CRC("crc");

  private final String label;

  ProxyHeaderFault(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
