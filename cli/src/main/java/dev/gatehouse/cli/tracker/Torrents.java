package dev.gatehouse.cli.tracker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Torrents on the command line or in a file. */
final class Torrents {

  @Parameters(
      paramLabel = "HASH",
      arity = "0..*",
      description = "Info hashes, each of 40 or 64 hexadecimal digits.")
  private List<String> hashes = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file with a hash on each line; what follows a # is passed over.")
  private @Nullable Path file;

  /** Whether none was named, neither here nor there. */
  boolean isNone() {
    return hashes.isEmpty() && file == null;
  }

  List<String> all() throws IOException {
    List<String> all = new ArrayList<>(hashes);
    if (file != null) {
      try (var lines = Files.lines(file)) {
        lines
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .forEach(all::add);
      }
    }
    return all;
  }
}
