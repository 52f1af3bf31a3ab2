package dev.gatehouse.tracker.http;

/** Where a path leads. */
enum Target {
  ANNOUNCE,
  SCRAPE,
  /** Whether all is well. */
  PING,
  /** A page for people and tools. */
  STATS
}
