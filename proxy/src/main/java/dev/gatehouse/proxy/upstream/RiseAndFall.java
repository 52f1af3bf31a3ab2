package dev.gatehouse.proxy.upstream;

/** Turns the outcomes of checks into up and down, slowly enough not to flap. */
final class RiseAndFall {

  /** Failures in a row that make an up backend a down one. */
  static final int FALL = 3;

  /** Successes in a row that bring it back. */
  static final int RISE = 2;

  private boolean up = true;

  /** Outcomes in a row that speak against the present state. */
  private int against;

  boolean isUp() {
    return up;
  }

  /** Takes an outcome; whether it changed the state. */
  boolean changes(boolean success) {
    against = success == up ? 0 : against + 1;
    boolean changed = against == (up ? FALL : RISE);
    if (changed) {
      up = success;
      against = 0;
    }
    return changed;
  }
}
