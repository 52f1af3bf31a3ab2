package dev.gatehouse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse version}. */
@Command(
    name = "version",
    description = "Print the version of this program.",
    footer = {"", "Examples:", "  gatehouse version", "  gatehouse status   for the daemon's own"})
final class VersionCommand implements Callable<Integer> {

  private final String version;

  @Spec private CommandSpec spec = CommandSpec.create();

  VersionCommand(String version) {
    this.version = version;
  }

  @Override
  public Integer call() {
    spec.commandLine().getOut().println("gatehouse " + version);
    return Cli.OK;
  }
}
