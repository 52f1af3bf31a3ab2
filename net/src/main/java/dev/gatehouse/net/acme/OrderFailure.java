package dev.gatehouse.net.acme;

/** Why an order brought nothing, as one word for those who count or match lines of the log. */
enum OrderFailure {
  /** The authority answers, and says no. */
  REFUSED("refused"),
  /** There was no answer. */
  UNREACHABLE("unreachable"),
  /** What answers does not speak the protocol. */
  NO_ACME("no_acme"),
  /** The authority did not find what shows that the domain is ours. */
  NOT_PROVEN("not_proven"),
  /** All was shown, and no certificate came. */
  NOT_ISSUED("not_issued"),
  /** What came cannot be served. */
  UNUSABLE("unusable"),
  /** Keys or certificates cannot be written. */
  FOLDER("folder"),
  /** A bug. */
  UNEXPECTED("unexpected");

  private final String word;

  OrderFailure(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
