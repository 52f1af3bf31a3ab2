package dev.gatehouse.wire.bencode;

import dev.gatehouse.wire.Decoded;

/** Why bytes are no bencoded value. */
public enum BencodeFault implements Decoded.Fault {
  /** A byte that begins no value. */
  SYNTAX("syntax"),
  /** An integer with leading zeros, a negative zero, no digits, or more than 64 bits. */
  INTEGER("integer"),
  /** The length of a string with leading zeros, or without its colon. */
  LENGTH("length"),
  /** A key that is no string. */
  KEY("key"),
  /** Keys that do not rise, which includes one that comes twice. */
  KEY_ORDER("key_order"),
  /** More levels than the limit. */
  DEPTH("depth"),
  /** More bytes than the limit, announced or there. */
  TOO_BIG("too_big");

  private final String label;

  BencodeFault(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
