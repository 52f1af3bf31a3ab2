package dev.gatehouse.tracker.hook;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What hooks tell each other about one request, and what they tell the steps that are built in. It
 * goes from each hook to the next and from those before the answer to those after it.
 */
public final class HookContext {

  /** Of a request that no hook has seen. */
  public static final HookContext EMPTY = new HookContext(Map.of(), false, false);

  /** A name under which a hook leaves values of one type; equal to itself alone. */
  public static final class Key<T> {

    private final Class<T> type;

    public Key(Class<T> type) {
      this.type = type;
    }
  }

  private final Map<Key<?>, Object> values;
  private final boolean skipsResponse;
  private final boolean skipsSwarm;

  private HookContext(Map<Key<?>, Object> values, boolean skipsResponse, boolean skipsSwarm) {
    this.values = values;
    this.skipsResponse = skipsResponse;
    this.skipsSwarm = skipsSwarm;
  }

  /** The same and a value. */
  public <T> HookContext with(Key<T> key, T value) {
    Map<Key<?>, Object> more = new HashMap<>(values);
    more.put(key, value);
    return new HookContext(Map.copyOf(more), skipsResponse, skipsSwarm);
  }

  /** The same, but the answer is what the hooks have made of it, without counts and peers. */
  public HookContext skippingResponse() {
    return new HookContext(values, true, skipsSwarm);
  }

  /** The same, but no swarm is changed. */
  public HookContext skippingSwarm() {
    return new HookContext(values, skipsResponse, true);
  }

  public <T> Optional<T> get(Key<T> key) {
    return Optional.ofNullable(values.get(key)).map(key.type::cast);
  }

  public boolean skipsResponse() {
    return skipsResponse;
  }

  public boolean skipsSwarm() {
    return skipsSwarm;
  }
}
