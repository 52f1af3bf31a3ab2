package dev.gatehouse.proxy.l7.http2;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The numbers of streams that a client has left out, and so must not use any more (RFC 9113 section
 * 5.1.1).
 *
 * <p>Usual clients leave out none. Of one that often does, those left out first are forgotten.
 */
final class SkippedStreams {

  private static final int MOST_GAPS = 1_000;

  /** The first of each gap, and the last. */
  private final NavigableMap<Integer, Integer> gaps = new TreeMap<>();

  private int highest = -1;

  /** A stream of a client is used; false if it may not be. */
  boolean use(int id) {
    if (id <= highest) {
      Map.Entry<Integer, Integer> below = gaps.floorEntry(id);
      return below == null || id > below.getValue();
    }
    if (id - highest > 2) {
      gaps.put(highest + 2, id - 2);
    }
    if (gaps.size() > MOST_GAPS) {
      gaps.pollFirstEntry();
    }
    highest = id;
    return true;
  }
}
