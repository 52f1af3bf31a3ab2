package dev.gatehouse.tracker.rule;

import dev.gatehouse.wire.tracker.InfoHash;
import java.time.Instant;

/**
 * A decision about one torrent.
 *
 * @param torrent as it was given; its first 20 bytes are what counts
 * @param note why, for whoever reads it later
 */
public record HashRule(InfoHash torrent, Verdict verdict, String note, Instant decided) {

  /** Characters of the longest note. */
  public static final int MAX_NOTE = 200;

  /** What the rule goes by: one torrent has one rule, however its hash was given. */
  public InfoHash key() {
    return torrent.truncated();
  }
}
