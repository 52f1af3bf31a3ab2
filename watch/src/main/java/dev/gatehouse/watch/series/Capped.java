package dev.gatehouse.watch.series;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/** The first so many distinct keys, in their order, each with what its sockets come to. */
final class Capped<K, V> {

  private final int cap;
  private final BinaryOperator<V> merge;
  private final Map<K, V> held = new LinkedHashMap<>();
  private final Set<K> left = new HashSet<>();

  Capped(int cap, BinaryOperator<V> merge) {
    this.cap = cap;
    this.merge = merge;
  }

  /** A key that is held is never left out, however often it comes. */
  void add(K key, V value) {
    V before = held.get(key);
    if (before != null) {
      held.put(key, merge.apply(before, value));
    } else if (held.size() < cap) {
      held.put(key, value);
    } else {
      left.add(key);
    }
  }

  Map<K, V> held() {
    return held;
  }

  Cut cut() {
    return new Cut(held.size(), left.size(), cap);
  }
}
