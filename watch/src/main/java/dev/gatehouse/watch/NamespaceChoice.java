package dev.gatehouse.watch;

/** Which network namespaces are looked at. */
public enum NamespaceChoice {
  /** Only that in which Gatehouse runs. */
  OWN("own"),
  ALL("all");

  private final String label;

  NamespaceChoice(String label) {
    this.label = label;
  }

  /** The word that the operator writes. */
  public String label() {
    return label;
  }
}
