package dev.gatehouse.cli.command;

/** How a command ends. */
public final class ExitCode {

  /** Done. */
  public static final int OK = 0;

  /** Failed at run time. */
  public static final int FAILED = 1;

  /** Refused: the usage or the configuration is wrong. */
  public static final int REFUSED = 2;

  private ExitCode() {}
}
