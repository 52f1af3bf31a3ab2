package dev.gatehouse.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cli.command.DaemonCommand;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.text.PlainText;
import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse config export}. */
@Command(
    name = "export",
    description = "Print the configuration with what the database has, as a file.",
    footer = {
      "",
      "Examples:",
      "  gatehouse config export",
      "  gatehouse config export --yaml gatehouse.yaml"
    })
final class ExportConfig extends DaemonCommand {

  @Option(names = "--yaml", description = "YAML instead of TOML.")
  private boolean yaml;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A new file to write instead of printing.")
  private Optional<Path> file = Optional.empty();

  ExportConfig(Terminal terminal) {
    super(terminal);
  }

  @Override
  protected int ask(GatehouseClient client) throws ControlException, IOException {
    String text = client.daemon().exportConfig(yaml);
    return file.isPresent() ? write(file.get(), text) : print(text);
  }

  private int print(String text) {
    return show(
        () -> terminal().interactive() ? harmless(text) : text,
        json -> json.text("format", yaml ? "yaml" : "toml").text("text", text));
  }

  /** Never over a file that is there: it may be the one that the daemon was started with. */
  private int write(Path path, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    try {
      Files.write(path, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(path + ": is there already (expected: a new file)", e);
    } catch (NoSuchFileException e) {
      throw new IOException(path + ": no such folder", e);
    }
    return show(
        () -> "written: %s (%d bytes)%n".formatted(PlainText.of(path.toString()), bytes.length),
        json ->
            json.text("format", yaml ? "yaml" : "toml")
                .text("file", path.toString())
                .number("bytes", bytes.length));
  }

  private static String harmless(String text) {
    StringBuilder lines = new StringBuilder();
    text.lines().forEach(line -> lines.append(PlainText.of(line)).append('\n'));
    return lines.toString();
  }
}
