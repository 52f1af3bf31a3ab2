package dev.gatehouse.tracker.rule;

import dev.gatehouse.wire.tracker.InfoHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All rules at one moment, by the first 20 bytes of their torrents.
 *
 * <p>To ask allocates nothing: hashes are in arrays, in their order.
 */
public final class HashRules {

  /** The most that there may be. */
  public static final int MAX_RULES = 1_000_000;

  /** No rule at all. */
  public static final HashRules NONE = new HashRules(List.of());

  private static final Comparator<HashRule> BY_KEY = Comparator.comparing(HashRule::key);

  private final List<HashRule> rules;
  private final long[] first;
  private final long[] second;
  private final int[] tail;

  private HashRules(List<HashRule> sorted) {
    rules = List.copyOf(sorted);
    first = rules.stream().mapToLong(rule -> rule.key().first()).toArray();
    second = rules.stream().mapToLong(rule -> rule.key().second()).toArray();
    tail = rules.stream().mapToInt(rule -> rule.key().tail()).toArray();
  }

  /** These rules; of several about one torrent the last one counts. */
  public static HashRules of(Collection<HashRule> rules) {
    Map<InfoHash, HashRule> latest = new LinkedHashMap<>();
    rules.forEach(rule -> latest.put(rule.key(), rule));
    List<HashRule> sorted = new ArrayList<>(latest.values());
    sorted.sort(BY_KEY);
    return new HashRules(sorted);
  }

  /** All of them, in the order of their torrents. */
  public List<HashRule> all() {
    return rules;
  }

  /** How many there are with this verdict. */
  public long count(Verdict verdict) {
    return rules.stream().filter(rule -> rule.verdict() == verdict).count();
  }

  /** The rule about a torrent, if there is one. */
  public Optional<HashRule> find(InfoHash torrent) {
    int at = find(torrent.first(), torrent.second(), torrent.tail());
    return at < 0 ? Optional.empty() : Optional.of(rules.get(at));
  }

  /** Whether announces of the torrent with these first 20 bytes are refused. */
  public boolean denies(long hashFirst, long hashSecond, int hashTail) {
    return is(Verdict.DENY, hashFirst, hashSecond, hashTail);
  }

  /** Whether a list of approved torrents need not have this one. */
  public boolean allows(InfoHash torrent) {
    return is(Verdict.ALLOW, torrent.first(), torrent.second(), torrent.tail());
  }

  private boolean is(Verdict verdict, long hashFirst, long hashSecond, int hashTail) {
    int at = find(hashFirst, hashSecond, hashTail);
    return at >= 0 && rules.get(at).verdict() == verdict;
  }

  private int find(long hashFirst, long hashSecond, int hashTail) {
    int low = 0;
    int high = first.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, hashFirst, hashSecond, hashTail);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private int compare(int at, long hashFirst, long hashSecond, int hashTail) {
    if (first[at] != hashFirst) {
      return Long.compareUnsigned(first[at], hashFirst);
    }
    return second[at] == hashSecond
        ? Integer.compareUnsigned(tail[at], hashTail)
        : Long.compareUnsigned(second[at], hashSecond);
  }
}
