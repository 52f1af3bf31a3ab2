package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Gatehouse that a test starts through the launcher, in a folder of its own. */
public final class Daemon implements AutoCloseable {

  /**
   * Most daemons of these tests end before the second compiler has paid for itself: without it a
   * start and a stop take half of the CPU. A test of more than that sets the variable anew.
   */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

  private final Namespace namespace;
  private final Path folder;
  private final Program program;

  private Daemon(Namespace namespace, Path folder, Program program) {
    this.namespace = namespace;
    this.folder = folder;
    this.program = program;
  }

  /**
   * Starts one with this configuration and waits until it serves. It hears of a hang-up even where
   * the tests themselves were told to ignore that, as by nohup.
   */
  public static Daemon start(Namespace namespace, Path folder, String configuration) {
    return startAs(List.of("env", "--default-signal=HUP"), namespace, folder, configuration);
  }

  /** The same behind a command that changes who it is. */
  public static Daemon startAs(
      List<String> changer, Namespace namespace, Path folder, String configuration) {
    List<String> command = new ArrayList<>(changer);
    command.addAll(commandLine("run", "--config", write(folder, configuration).toString()));
    return ready(namespace, folder, command);
  }

  /** Starts one in a folder where nobody has written anything. */
  public static Daemon startWithoutFile(Namespace namespace, Path folder) {
    return ready(namespace, folder, commandLine("run"));
  }

  private static Daemon ready(Namespace namespace, Path folder, List<String> command) {
    Program program = namespace.start(setting(folder), command);
    try {
      program.awaitErrors("msg=ready");
    } catch (AssertionError e) {
      program.close();
      throw e;
    }
    return new Daemon(namespace, folder, program);
  }

  /** Runs one that is expected to refuse the start, or to fail. */
  public static Program.Ended refused(Namespace namespace, Path folder, String configuration) {
    return refused(namespace, setting(folder), configuration);
  }

  public static Program.Ended refused(
      Namespace namespace, Program.Setting setting, String configuration) {
    Path file = write(setting.folder(), configuration);
    List<String> command = commandLine("run", "--config", file.toString());
    return Program.run(setting, namespace.inside(command));
  }

  /** The environment of a daemon: what is built is what runs. */
  public static Program.Setting setting(Path folder) {
    return Program.here(folder)
        .with("GATEHOUSE_NO_BUILD", "1")
        .with("GATEHOUSE_JAVA_OPTS", SHORT_LIVED);
  }

  public static List<String> commandLine(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Project.file("gatehouse").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path write(Path folder, String configuration) {
    try {
      return Files.writeString(folder.resolve("gatehouse.toml"), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command of the command line against this daemon. */
  public Program.Ended command(String... arguments) {
    return Program.run(setting(folder), namespace.inside(commandLine(arguments)));
  }

  /** What the ops listener answers, body alone. */
  public String get(String path) {
    String curl = Peer.require("curl", "curl");
    return namespace.run(List.of(curl, "-sS", "http://127.0.0.1:9090" + path)).output();
  }

  /** The process itself: whatever starts it becomes it. */
  public long pid() {
    return program.pid();
  }

  /** The value of a series, written as it is exposed. */
  public double metric(String series) {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no such series: " + series));
  }

  /** All that it has logged. */
  public String log() {
    return program.errorsSoFar();
  }

  /** The lines since it was ready, but for those about connections that had a route. */
  public List<String> remarks() {
    return log()
        .lines()
        .dropWhile(line -> !line.contains("msg=ready"))
        .skip(1)
        .filter(line -> !line.contains("msg=connection "))
        .toList();
  }

  public void awaitLog(String text) {
    program.awaitErrors(text);
  }

  public void askToStop() {
    program.terminate();
  }

  /** Asks it to stop and waits for its end. */
  public Program.Ended stop() {
    askToStop();
    return awaitEnd();
  }

  /** Waits for its end, which somebody has asked for. */
  Program.Ended awaitEnd() {
    return program.await();
  }

  /** Ends it without a word, as if the power had gone. */
  public void kill() {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    program.await();
  }

  @Override
  public void close() {
    program.close();
  }
}
