package dev.gatehouse.wire.tracker;

import dev.gatehouse.wire.Decoded;

/** What is wrong with a request, in the words that the client is told. */
public enum RequestFault implements Decoded.Fault {
  UNKNOWN_EVENT("unknown event"),
  INVALID_PORT("invalid port"),
  /** No address is left at which anybody could reach the client. */
  INVALID_IP("invalid IP"),
  NO_INFO_HASH("no info hash supplied"),
  MULTIPLE_INFO_HASHES("multiple info hashes supplied"),
  PEER_ID("peer ID invalid or not provided"),
  LEFT("parameter 'left' invalid or not provided"),
  DOWNLOADED("parameter 'downloaded' invalid or not provided"),
  UPLOADED("parameter 'uploaded' invalid or not provided"),
  NUM_WANT("parameter 'num want' invalid or not provided"),
  /** A datagram whose length does not fit what it says. */
  MALFORMED_PACKET("malformed packet"),
  UNKNOWN_ACTION("unknown action ID"),
  BAD_CONNECTION_ID("bad connection ID"),
  /** A broken %-escape in the options of a datagram. */
  QUERY_ESCAPE("invalid query escape");

  private final String label;

  RequestFault(String label) {
    this.label = label;
  }

  /** A static text that holds nothing of the request, so that it may be shown and counted. */
  @Override
  public String label() {
    return label;
  }
}
