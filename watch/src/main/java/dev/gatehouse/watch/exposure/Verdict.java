package dev.gatehouse.watch.exposure;

/** What a listener is, held against what was expected. */
public enum Verdict {
  /** Gatehouse's own, as intended. */
  OWN("own"),
  /** Gatehouse's own, and not intended. */
  SELF("self"),
  /** Loopback, which is not judged. */
  IGNORED("ignored"),
  /** Nothing is expected, so nothing is judged. */
  UNJUDGED("unjudged"),
  UNEXPECTED("unexpected"),
  EXPECTED("expected"),
  /** Expected here, of an owner that is not known. */
  UNVERIFIED("unverified"),
  /** Expected, but on a narrower scope. */
  WIDER("wider"),
  /** Expected, but of another owner. */
  OWNER("owner");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** The word for this in tables and JSON. */
  public String label() {
    return label;
  }
}
