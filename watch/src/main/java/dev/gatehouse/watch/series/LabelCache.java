package dev.gatehouse.watch.series;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Label values by what they stand for, so that an unchanged listener costs no strings. */
final class LabelCache<K> {

  private final Function<K, String[]> maker;
  private Map<K, String[]> last = Map.of();
  private Map<K, String[]> present = new HashMap<>();

  LabelCache(Function<K, String[]> maker) {
    this.maker = maker;
  }

  /** Begins a scan: what the last one did not use is forgotten. */
  void turn() {
    last = present;
    present = HashMap.newHashMap(last.size());
  }

  String[] labels(K key) {
    String[] labels = last.get(key);
    String[] known = labels == null ? maker.apply(key) : labels;
    present.put(key, known);
    return known;
  }
}
