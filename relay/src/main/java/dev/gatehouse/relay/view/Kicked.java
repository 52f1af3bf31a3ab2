package dev.gatehouse.relay.view;

/** How many connections an operator has closed. */
public record Kicked(int binaries, int phones) {

  /** When there was nobody to be closed. */
  public static final Kicked NOBODY = new Kicked(0, 0);

  /** Both kinds together. */
  public int all() {
    return binaries + phones;
  }
}
