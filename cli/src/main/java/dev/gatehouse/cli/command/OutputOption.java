package dev.gatehouse.cli.command;

import java.util.Locale;
import picocli.CommandLine.Option;

/** How a command prints what it found. */
public final class OutputOption {

  /** For whom a command prints. */
  public enum Format {
    /** People. */
    TABLE,
    /** Programs. */
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format = Format.TABLE;

  @Option(names = "--json", description = "Short for --output json.")
  private boolean json;

  /** Whether a program reads the answer. */
  public boolean isJson() {
    return json || format == Format.JSON;
  }
}
