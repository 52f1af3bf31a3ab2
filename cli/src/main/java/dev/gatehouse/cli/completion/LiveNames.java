package dev.gatehouse.cli.completion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The part of the script that asks the running daemon for names. */
final class LiveNames {

  private static final String FILE = "live-names.bash";
  private static final String OPTIONS = "@OPTIONS_WITH_VALUES@";

  private LiveNames() {}

  /** The script for these commands; it must know which options take a value, to count words. */
  static String script(CommandLine root) {
    NavigableSet<String> options = new TreeSet<>();
    collect(root, options);
    return template().replace(OPTIONS, String.join(" | ", options));
  }

  private static void collect(CommandLine command, Set<String> names) {
    command.getCommandSpec().options().stream()
        .filter(option -> option.arity().max() > 0)
        .map(OptionSpec::longestName)
        .forEach(names::add);
    command.getSubcommands().values().forEach(sub -> collect(sub, names));
  }

  private static String template() {
    try (InputStream in = Objects.requireNonNull(LiveNames.class.getResourceAsStream(FILE), FILE)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
