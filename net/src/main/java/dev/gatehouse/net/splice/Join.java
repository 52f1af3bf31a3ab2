package dev.gatehouse.net.splice;

/** What came of asking to join two sockets. */
public sealed interface Join {

  /** The hand-over has begun; the observer hears of the rest. */
  record Begun(SpliceRelay relay) implements Join {}

  /** There are no pipes for it; neither channel was touched, and the observer hears nothing. */
  record Refused(Shortage shortage) implements Join {}
}
