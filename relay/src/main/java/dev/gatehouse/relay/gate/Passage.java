package dev.gatehouse.relay.gate;

/** What the gates say to a request. */
public sealed interface Passage {

  /** The connection may become a WebSocket, and holds a place. */
  record Admitted(Introduction introduction, Place place) implements Passage {}

  /** It may not. */
  record Refused(Refusal why, Answer answer) implements Passage {}
}
