package dev.gatehouse.watch;

import dev.gatehouse.kernel.address.AddressScope;

/** The narrowest scope of which opening and closing is told to the operator. */
public enum LogScope {
  LOOPBACK("loopback"),
  PRIVATE("private"),
  PUBLIC("public"),
  OFF("off");

  private final String label;

  LogScope(String label) {
    this.label = label;
  }

  /** The word that the operator writes. */
  public String label() {
    return label;
  }

  /** Whether a listener of this scope is worth a line. */
  public boolean tells(AddressScope scope) {
    return switch (this) {
      case LOOPBACK -> true;
      case PRIVATE -> scope.isAtLeast(AddressScope.PRIVATE);
      case PUBLIC -> scope == AddressScope.PUBLIC;
      case OFF -> false;
    };
  }
}
