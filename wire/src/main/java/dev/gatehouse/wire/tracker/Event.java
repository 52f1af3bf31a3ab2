package dev.gatehouse.wire.tracker;

import java.util.List;
import java.util.Optional;

/** Why a client announces itself (BEP 3, and BEP 21 for {@link #PAUSED}). */
public enum Event {
  /** It is time again. */
  NONE("none"),
  STARTED("started"),
  STOPPED("stopped"),
  COMPLETED("completed"),
  /** A partial seed that wants no more of the torrent. */
  PAUSED("paused");

  /** By the numbers of BEP 15; the last is BEP 21's. */
  private static final List<Event> BY_NUMBER = List.of(NONE, COMPLETED, STARTED, STOPPED, PAUSED);

  private static final List<Event> ALL = List.of(values());

  private final String label;

  Event(String label) {
    this.label = label;
  }

  /** The word for this event in queries and metrics. */
  public String label() {
    return label;
  }

  /** The number of this event in a datagram. */
  public int number() {
    return BY_NUMBER.indexOf(this);
  }

  /** The event of a number in a datagram, all of whose 32 bits count. */
  public static Optional<Event> ofNumber(int number) {
    return number >= 0 && number < BY_NUMBER.size()
        ? Optional.of(BY_NUMBER.get(number))
        : Optional.empty();
  }

  /** The event of a name in either case; no name is {@link #NONE}. */
  static Optional<Event> ofName(byte[] bytes, int from, int to) {
    if (from == to) {
      return Optional.of(NONE);
    }
    for (Event event : ALL) {
      if (event.isNamed(bytes, from, to)) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  private boolean isNamed(byte[] bytes, int from, int to) {
    if (to - from != label.length()) {
      return false;
    }
    for (int i = 0; i < label.length(); i++) {
      if (Ascii.lowerCase(bytes[from + i]) != label.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
