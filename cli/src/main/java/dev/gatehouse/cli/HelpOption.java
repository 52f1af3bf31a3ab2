package dev.gatehouse.cli;

import picocli.CommandLine.Option;

/** The one option that every command has. */
final class HelpOption {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this help.")
  private boolean asked;
}
