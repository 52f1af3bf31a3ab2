package dev.gatehouse.app.boot;

/** A start that went far enough to open ports and then found that it must not go on. */
public final class BootRefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Finding.Refusal refusal;

  public BootRefusedException(Finding.Refusal refusal) {
    super(refusal.err());
    this.refusal = refusal;
  }

  /** What was found, and what to do about it. */
  public Finding.Refusal refusal() {
    return refusal;
  }
}
