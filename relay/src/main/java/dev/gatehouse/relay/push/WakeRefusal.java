package dev.gatehouse.relay.push;

/** Why a wake is not sent, in the order in which that is checked. */
public enum WakeRefusal {
  /** There are no credentials, or the relay ends. */
  OFF("off"),
  MALFORMED("malformed"),
  /** Another service than the one that is spoken. */
  PLATFORM("platform"),
  /** None, or a longer one than there are. */
  TOKEN("token"),
  /** More of one server-id than it may send. */
  RATE("rate"),
  /** More on their way than there may be. */
  IN_FLIGHT("in_flight");

  private final String label;

  WakeRefusal(String label) {
    this.label = label;
  }

  /** The word for this in metrics and logs. */
  public String label() {
    return label;
  }
}
