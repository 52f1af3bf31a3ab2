package dev.gatehouse.relay.push;

/** What became of a wake that was on its way. */
sealed interface Sent {

  /** The word for this in metrics. */
  String outcome();

  /**
   * The service has it.
   *
   * @param messageId empty if the service did not name it as it should
   */
  record Delivered(String messageId) implements Sent {
    @Override
    public String outcome() {
      return "sent";
    }
  }

  /** The device is not known any more. */
  record Unregistered(String error) implements Sent {
    @Override
    public String outcome() {
      return "unregistered";
    }
  }

  /** We were not let in. */
  record NoAccess() implements Sent {
    @Override
    public String outcome() {
      return "token_fetch_failed";
    }
  }

  /** The service did not take it. */
  record Failed(String error) implements Sent {
    @Override
    public String outcome() {
      return "send_failed";
    }
  }
}
