package dev.gatehouse.relay.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which binary holds which server-id, and the phones that came for it.
 *
 * <p>A server-id is free, held by a binary, or in grace: its binary has gone, its phones stay, and
 * whoever claims it next gets it and puts them out. Each call is one decision that nobody else can
 * come between; what it entails is in the answer and done by the caller, since nothing here may
 * wait for a connection. Binaries and phones are compared by identity: one that was displaced
 * cannot release its successor. Any thread may ask; forwarding never does.
 */
@SuppressWarnings("ReferenceEquality") // identity is what tells a connection from its successor
public final class Registry<B, P> {

  private final Map<ServerId, Slot<B, P>> slots = new HashMap<>();
  private int graced;
  private int phones;

  /** A server-id that is not free: either a binary or a timer. */
  private static final class Slot<B, P> {

    private final Map<String, P> phones = new LinkedHashMap<>();
    private @Nullable B binary;
    private @Nullable GraceTimer timer;

    private Slot(B binary) {
      this.binary = binary;
    }
  }

  /** Takes a server-id that is free or in grace. */
  public synchronized Claim<B, P> claim(ServerId id, B binary) {
    Slot<B, P> slot = slots.get(id);
    if (slot == null) {
      slots.put(id, new Slot<>(binary));
      return new Claim.Claimed<>();
    }
    if (slot.binary != null) {
      return new Claim.Conflict<>(slot.binary);
    }
    return new Claim.Reclaimed<>(install(slot, binary));
  }

  /**
   * Takes a server-id from exactly that binary, or from nobody.
   *
   * @param expected who must hold it; empty: nobody
   */
  public synchronized Takeover<B, P> takeover(ServerId id, Optional<B> expected, B binary) {
    Slot<B, P> slot = slots.get(id);
    @Nullable B present = slot == null ? null : slot.binary;
    if (present != expected.orElse(null)) {
      return new Takeover.Lost<>();
    }
    if (slot == null) {
      slots.put(id, new Slot<>(binary));
      return new Takeover.TakenOver<>(Optional.empty(), List.of());
    }
    return new Takeover.TakenOver<>(expected, install(slot, binary));
  }

  /** Begins the grace of a server-id that this very binary holds. */
  public synchronized Release release(ServerId id, B binary, long nowNanos, Duration grace) {
    Slot<B, P> slot = slots.get(id);
    if (slot == null || slot.binary != binary) {
      return new Release.NotHeld();
    }
    GraceTimer timer = new GraceTimer(id, nowNanos + grace.toNanos());
    slot.binary = null;
    slot.timer = timer;
    graced++;
    return new Release.GraceArmed(timer);
  }

  /** The timers whose time is over; {@link #expire} has the last word on each. */
  public synchronized List<GraceTimer> due(long nowNanos) {
    if (graced == 0) {
      return List.of();
    }
    return slots.values().stream()
        .map(slot -> slot.timer)
        .filter(Objects::nonNull)
        .filter(timer -> timer.leftNanos(nowNanos) <= 0)
        .toList();
  }

  /** Frees a server-id, if this timer is still the one that it waits for. */
  public synchronized Expiry<P> expire(GraceTimer timer) {
    Slot<B, P> slot = slots.get(timer.id());
    if (slot == null || slot.timer != timer) {
      return new Expiry.Stale<>();
    }
    List<P> out = clear(slot);
    graced--;
    slots.remove(timer.id());
    return new Expiry.Expired<>(out);
  }

  /**
   * Adds a phone to the binary that is there.
   *
   * @param name of the connection, unlike that of any other phone of the server-id
   * @param cap the most phones of one server-id; 0 or less: any number
   */
  public synchronized Registration<B> registerPhone(ServerId id, String name, P phone, int cap) {
    Slot<B, P> slot = slots.get(id);
    if (slot == null || slot.binary == null) {
      return new Registration.NoServer<>();
    }
    if (cap > 0 && slot.phones.size() >= cap) {
      return new Registration.AtCap<>();
    }
    if (slot.phones.putIfAbsent(name, phone) != null) {
      return new Registration.NameTaken<>();
    }
    phones++;
    return new Registration.Registered<>(slot.binary);
  }

  /** Removes a phone, if the name is still its own. */
  public synchronized boolean unregisterPhone(ServerId id, String name, P phone) {
    Slot<B, P> slot = slots.get(id);
    if (slot == null || slot.phones.get(name) != phone) {
      return false;
    }
    slot.phones.remove(name);
    phones--;
    return true;
  }

  /** The phone of that name. */
  public synchronized Optional<P> phone(ServerId id, String name) {
    Slot<B, P> slot = slots.get(id);
    return slot == null ? Optional.empty() : Optional.ofNullable(slot.phones.get(name));
  }

  /** The binary that is there, one in grace is not. */
  public synchronized Optional<B> binary(ServerId id) {
    Slot<B, P> slot = slots.get(id);
    return slot == null ? Optional.empty() : Optional.ofNullable(slot.binary);
  }

  /** Frees a server-id without grace; empty if it was free. */
  public synchronized Optional<Evicted<B, P>> evict(ServerId id) {
    Slot<B, P> slot = slots.remove(id);
    if (slot == null) {
      return Optional.empty();
    }
    graced -= slot.timer == null ? 0 : 1;
    return Optional.of(new Evicted<>(Optional.ofNullable(slot.binary), clear(slot)));
  }

  /** How many of each there are. */
  public synchronized Counts counts() {
    return new Counts(slots.size() - graced, graced, phones);
  }

  /** Everything, as it is now. */
  public synchronized List<Holding<B, P>> snapshot() {
    List<Holding<B, P>> all = new ArrayList<>(slots.size());
    slots.forEach(
        (id, slot) ->
            all.add(
                new Holding<>(
                    id,
                    Optional.ofNullable(slot.binary),
                    Optional.ofNullable(slot.timer),
                    List.copyOf(slot.phones.values()))));
    return all;
  }

  private List<P> install(Slot<B, P> slot, B binary) {
    graced -= slot.timer == null ? 0 : 1;
    slot.timer = null;
    slot.binary = binary;
    return clear(slot);
  }

  private List<P> clear(Slot<B, P> slot) {
    List<P> out = List.copyOf(slot.phones.values());
    slot.phones.clear();
    phones -= out.size();
    return out;
  }
}
