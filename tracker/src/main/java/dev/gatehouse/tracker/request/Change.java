package dev.gatehouse.tracker.request;

import dev.gatehouse.wire.tracker.Event;

/** What an announce does to the peer that makes it. */
public enum Change {
  /** It has a part; a seeder is one no longer. */
  LEECH,
  /** It has all; a leecher is one no longer. */
  SEED,
  /** It has just got all, which is a snatch unless it was a seeder already. */
  COMPLETE,
  /** It leaves. */
  STOP,
  /** The swarm is looked at and stays as it is. */
  NOTHING;

  /** What follows from an event and from the bytes that the client lacks. */
  public static Change of(Event event, long left) {
    return switch (event) {
      case STOPPED -> STOP;
      case COMPLETED -> COMPLETE;
      case NONE, STARTED, PAUSED -> left == 0 ? SEED : LEECH;
    };
  }
}
