package dev.gatehouse.tracker.flow;

/** What kind of request something is, as metrics tell it. */
public enum Action {
  ANNOUNCE("announce"),
  SCRAPE("scrape"),
  /** Of datagrams alone: the client is to prove that it is where it says. */
  CONNECT("connect"),
  PING("ping"),
  STATS("stats"),
  /** What was not understood so far. */
  UNKNOWN("unknown");

  private final String label;

  Action(String label) {
    this.label = label;
  }

  /** The word for this in metrics. */
  public String label() {
    return label;
  }
}
