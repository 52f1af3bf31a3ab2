package dev.gatehouse.relay.config;

/** What strangers are told of the relay's health. */
public enum PublicHealth {
  /** That it is well, its version, its age and how many are connected. */
  FULL("full"),
  /** That it is well. */
  MINIMAL("minimal"),
  /** Nothing: the path does not exist. */
  OFF("off");

  private final String label;

  PublicHealth(String label) {
    this.label = label;
  }

  /** The word for this in the configuration. */
  public String label() {
    return label;
  }
}
