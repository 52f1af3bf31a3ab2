package dev.gatehouse.client.tracker;

import java.time.Instant;

/**
 * A decision about one torrent.
 *
 * @param infoHash 40 or 64 hexadecimal digits
 */
public record HashRule(String infoHash, Verdict verdict, String note, Instant decided) {

  /** What was decided. */
  public enum Verdict {
    /** A list of approved torrents need not have it. */
    ALLOW,
    /** Announces are refused, and scrapes tell nothing. */
    DENY,
    /** One that this program does not know. */
    UNKNOWN
  }
}
