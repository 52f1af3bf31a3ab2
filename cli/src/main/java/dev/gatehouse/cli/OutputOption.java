package dev.gatehouse.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** How a command prints what it found. */
final class OutputOption {

  /** For whom a command prints. */
  enum Format {
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

  boolean isJson() {
    return json || format == Format.JSON;
  }
}
