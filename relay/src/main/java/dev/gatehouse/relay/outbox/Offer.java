package dev.gatehouse.relay.outbox;

/** What became of a frame that was offered to an outbox. */
public enum Offer {
  /** It waits for its turn. */
  ACCEPTED,
  /** It did not fit, everything that waited is dropped, and the phone is to be closed. */
  FULL,
  /** The outbox takes nothing any more. */
  CLOSED
}
