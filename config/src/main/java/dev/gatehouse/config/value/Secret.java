package dev.gatehouse.config.value;

/** A value that is used but never shown. */
public final class Secret {

  public static final String HIDDEN = "(hidden)";

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The value itself, for the one place that uses it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
