package dev.gatehouse.cli.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** A configuration file that is read here, and sent as text. */
final class ConfigFileArgument {

  /** What the daemon takes for its own file. */
  private static final String OWN = "";

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A file in TOML; default: the one that the daemon was started with.")
  private Optional<Path> file = Optional.empty();

  boolean isYaml() {
    return file.map(path -> path.toString().toLowerCase(Locale.ROOT))
        .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
        .isPresent();
  }

  /** What is wrong with a file in YAML. */
  String expectation() {
    return "file: %s (expected: TOML); only the daemon's own file may be YAML"
        .formatted(file.map(Path::toString).orElse(OWN));
  }

  /**
   * The text of the file; empty for the daemon's own.
   *
   * @throws IOException with a message for the operator
   */
  String text() throws IOException {
    if (file.isEmpty()) {
      return OWN;
    }
    Path path = file.get();
    try {
      String text = Files.readString(path);
      if (text.isBlank()) {
        throw new IOException(path + ": nothing in it (expected: a configuration in TOML)");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new IOException(path + ": no such file", e);
    } catch (CharacterCodingException e) {
      throw new IOException(path + ": not UTF-8", e);
    }
  }
}
