package dev.gatehouse.wire.tracker;

/** How the peers in an answer over HTTP are spelled. */
public enum PeerForm {
  /** Packed into one string for each family (BEP 23, BEP 7). */
  COMPACT,
  /** A dictionary for each peer (BEP 3). */
  WITH_ID,
  /** A dictionary for each peer, without its id. */
  WITHOUT_ID
}
