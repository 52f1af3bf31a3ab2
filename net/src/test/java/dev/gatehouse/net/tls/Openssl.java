package dev.gatehouse.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tool that most people make keys with and look at servers with. */
final class Openssl {

  private Openssl() {}

  /** Skips the test where the tool is missing, except where everything is to run. */
  static void require() {
    boolean present =
        Path.of("/usr/bin/openssl").toFile().canExecute()
            || Path.of("/usr/local/bin/openssl").toFile().canExecute();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(present).as("install openssl").isTrue();
    }
    assumeThat(present).as("install openssl").isTrue();
  }

  /** Runs the tool, which ends with its input, until it has written a file. */
  static void runUntil(Path folder, Path written, String input, String... arguments)
      throws Exception {
    Process process = start(folder, arguments);
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
      in.flush();
      Await.until(written + " is written", () -> Files.exists(written));
    }
    process.waitFor();
  }

  /** What the tool says, on both of its streams; how it ends is told by that. */
  static String run(Path folder, String input, String... arguments) throws Exception {
    Process process = start(folder, arguments);
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    } catch (IOException _) {
      // it ended before it read everything
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private static Process start(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  /** A key that the tool makes; {@code FILE} among the arguments is where it is to write. */
  static String key(Path folder, String arguments) throws Exception {
    Path file = folder.resolve("made.pem");
    String output = run(folder, "", arguments.replace("FILE", file.toString()).split(" ", -1));
    assertThat(Files.exists(file)).as(output).isTrue();
    String text = Files.readString(file);
    Files.delete(file);
    return text;
  }
}
