package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that a test starts, with everything that it printed; ended with the test at the latest.
 */
public final class Program implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 20;

  private final Process process;
  private final Path output;
  private final Path errors;

  private Program(Process process, Path output, Path errors) {
    this.process = process;
    this.output = output;
    this.errors = errors;
  }

  /** What a program gets from the one who starts it. */
  public record Setting(Path folder, Map<String, String> environment) {

    public Setting with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(environment);
      more.put(name, value);
      return new Setting(folder, more);
    }

    public Setting in(Path other) {
      return new Setting(other, environment);
    }
  }

  /** How a program ended. */
  public record Ended(int code, String output, String errors) {}

  /** Starts the command with exactly this environment; nothing is inherited from the tests. */
  public static Program start(Setting setting, List<String> command) {
    try {
      Path output = Files.createTempFile("gatehouse-e2e", ".out");
      Path errors = Files.createTempFile("gatehouse-e2e", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(setting.folder().toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().clear();
      builder.environment().putAll(setting.environment());
      return new Program(builder.start(), output, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Ended run(Setting setting, List<String> command) {
    try (Program program = start(setting, command)) {
      return program.await();
    }
  }

  /** The setting of the tests themselves, for tools that want the user's environment. */
  public static Setting here(Path folder) {
    return new Setting(folder, System.getenv());
  }

  public long pid() {
    return process.pid();
  }

  /** Sends SIGTERM to this process alone. */
  public void terminate() {
    process.destroy();
  }

  public Ended await() {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + PATIENCE + "\n" + output() + errors());
      }
      return new Ended(process.exitValue(), output(), errors());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public void awaitOutput(String text) {
    awaitText(output, text);
  }

  public void awaitErrors(String text) {
    awaitText(errors, text);
  }

  private void awaitText(Path file, String text) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!text(file).contains(text)) {
      if (System.nanoTime() - deadline > 0 || endedWithout(file, text)) {
        throw new AssertionError("never said: " + text + "\n" + output() + errors());
      }
    }
  }

  /** Waits a moment for the end; a program that has ended says no more than it has said. */
  private boolean endedWithout(Path file, String text) {
    try {
      return process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) && !text(file).contains(text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What it has written to standard error by now. */
  public String errorsSoFar() {
    return errors();
  }

  private String output() {
    return text(output);
  }

  private String errors() {
    return text(errors);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      Files.deleteIfExists(output);
      Files.deleteIfExists(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
