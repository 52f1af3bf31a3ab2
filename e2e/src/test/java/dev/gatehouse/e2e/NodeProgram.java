package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A script of these tests that Node runs. */
public final class NodeProgram implements AutoCloseable {

  /** Where Debian keeps the libraries of Node, which other builds of it do not look at. */
  private static final String LIBRARIES = "/usr/share/nodejs";

  private final Program program;

  private NodeProgram(Program program) {
    this.program = program;
  }

  /** Starts one that does its work and ends. */
  public static Program task(Namespace host, Path folder, String script, String... arguments) {
    return task(host, folder, LIBRARIES, script, arguments);
  }

  /**
   * Starts one that needs other libraries.
   *
   * @param libraries the folder of packages
   */
  public static Program task(
      Namespace host, Path folder, Path libraries, String script, String... arguments) {
    return task(host, folder, libraries.toString(), script, arguments);
  }

  private static Program task(
      Namespace host, Path folder, String libraries, String script, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Peer.require("node", "nodejs"));
    command.add(unpacked(folder, script).toString());
    command.addAll(List.of(arguments));
    return host.start(Program.here(folder).with("NODE_PATH", libraries), command);
  }

  /** Starts one and waits until it listens. */
  static NodeProgram start(Namespace host, Path folder, String script, String... arguments) {
    Program program = task(host, folder, script, arguments);
    try {
      program.awaitOutput("listening");
    } catch (AssertionError e) {
      program.close();
      throw e;
    }
    return new NodeProgram(program);
  }

  /** A server of each of these protocols and ports, such as {@code h2c:9001}. */
  static NodeProgram backend(
      Namespace host, Path folder, Certificate certificate, String... servers) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                certificate.chain().toString(), certificate.key().toString(), folder.toString()));
    arguments.addAll(List.of(servers));
    return start(host, folder, "http-backend.js", arguments.toArray(String[]::new));
  }

  private static Path unpacked(Path folder, String script) {
    Path file = folder.resolve(script);
    try (var in = NodeProgram.class.getResourceAsStream("/" + script)) {
      Files.copy(Objects.requireNonNull(in, script), file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
