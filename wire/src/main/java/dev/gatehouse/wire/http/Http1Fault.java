package dev.gatehouse.wire.http;

import dev.gatehouse.wire.Decoded;

/** Why bytes are no HTTP/1 message. */
public enum Http1Fault implements Decoded.Fault {
  /** A request or status line that is none, or something in front of it. */
  START_LINE("start_line"),
  START_LINE_LENGTH("start_line_length"),
  /** No token, or longer than any method is. */
  METHOD("method"),
  /** Well-formed, and not spoken here. */
  VERSION("version"),
  /** Not 100 to 599. */
  STATUS("status"),
  /** A field whose name, value or end of line is wrong, or that is folded. */
  FIELD("field"),
  HEADER_SIZE("header_size"),
  FIELD_COUNT("field_count"),
  CHUNK_SIZE("chunk_size"),
  /** Malformed, or more than anybody needs. */
  CHUNK_EXTENSION("chunk_extension"),
  /** Data of a chunk that is not followed by CRLF. */
  CHUNK_END("chunk_end");

  private final String label;

  Http1Fault(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
