package dev.gatehouse.proxy.route;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parents of wildcards, found from any name below them.
 *
 * <p>An open hash table whose hash grows from the end of a name to its front, so that one pass over
 * the characters meets every parent, shortest first: a probe for each dot, and nothing is cut out
 * of the name.
 */
final class WildcardTable<T> {

  private static final int HASH_FACTOR = 31;

  private final @Nullable Entry<T>[] slots;

  private record Entry<T>(String parent, int hash, T target) {}

  WildcardTable(Map<String, T> parents) {
    slots = newSlots(Integer.highestOneBit(parents.size() * 2 + 1) * 2);
    parents.forEach((parent, target) -> put(new Entry<>(parent, hash(parent), target)));
  }

  /** What the longest parent of the name leads to; a name is not its own parent. */
  @Nullable T find(String name) {
    T longest = null;
    int hash = 0;
    for (int at = name.length() - 1; at > 0; at--) {
      if (name.charAt(at) == '.') {
        T target = probe(name, at + 1, hash);
        longest = target == null ? longest : target;
      }
      hash = hash * HASH_FACTOR + name.charAt(at);
    }
    return longest;
  }

  private @Nullable T probe(String name, int from, int hash) {
    for (int slot = slot(hash); ; slot = next(slot)) {
      Entry<T> entry = slots[slot];
      if (entry == null) {
        return null;
      }
      if (entry.hash() == hash && isSuffix(entry.parent(), name, from)) {
        return entry.target();
      }
    }
  }

  private static boolean isSuffix(String parent, String name, int from) {
    return parent.length() == name.length() - from
        && name.regionMatches(from, parent, 0, parent.length());
  }

  private void put(Entry<T> entry) {
    int slot = slot(entry.hash());
    while (slots[slot] != null) {
      slot = next(slot);
    }
    slots[slot] = entry;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 16) & (slots.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  private static int hash(String parent) {
    int hash = 0;
    for (int at = parent.length() - 1; at >= 0; at--) {
      hash = hash * HASH_FACTOR + parent.charAt(at);
    }
    return hash;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private static <T> @Nullable Entry<T>[] newSlots(int size) {
    return new Entry[size];
  }
}
