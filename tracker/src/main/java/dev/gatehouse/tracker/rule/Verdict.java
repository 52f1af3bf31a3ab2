package dev.gatehouse.tracker.rule;

/** What an operator has decided. */
public enum Verdict {
  /** A list of approved torrents need not have it. */
  ALLOW("allow"),
  /** Announces are refused, and scrapes tell nothing. */
  DENY("deny");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** The word for this in commands, metrics and the database. */
  public String label() {
    return label;
  }
}
