package dev.gatehouse.relay.registry;

/**
 * The places for WebSocket connections: one number for binaries and phones together, of which some
 * may be kept free for binaries that are not there yet. Any thread may ask.
 */
public final class ConnectionSlots {

  private int limit;
  private int reserve;
  private int used;
  private int binaries;

  /**
   * Places of which none is taken.
   *
   * @param reserve how many binaries always find a place
   */
  public ConnectionSlots(int limit, int reserve) {
    change(limit, reserve);
  }

  /** Sets other numbers; connections beyond them stay until they end. */
  public synchronized void change(int newLimit, int newReserve) {
    if (newLimit < 1 || newReserve < 0 || newReserve > newLimit) {
      throw new IllegalArgumentException(
          "places: %d, reserved: %d (expected: 1 or more, and 0 to that number)"
              .formatted(newLimit, newReserve));
    }
    limit = newLimit;
    reserve = newReserve;
  }

  /** Takes a place for a binary, or says that there is none. */
  public synchronized boolean takeForBinary() {
    if (used >= limit) {
      return false;
    }
    used++;
    binaries++;
    return true;
  }

  /** Takes a place for a phone, unless it is kept for a binary. */
  public synchronized boolean takeForPhone() {
    if (limit - used <= Math.max(0, reserve - binaries)) {
      return false;
    }
    used++;
    return true;
  }

  /** Gives a binary's place back. */
  public synchronized void giveBackBinary() {
    used--;
    binaries--;
  }

  /** Gives a phone's place back. */
  public synchronized void giveBackPhone() {
    used--;
  }

  /** How many places are taken. */
  public synchronized int used() {
    return used;
  }

  /** How many places there are. */
  public synchronized int limit() {
    return limit;
  }
}
