package dev.gatehouse.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the kernel says of another process. */
public record ProcessFigures(long pid) {

  private static final Pattern RSS = Pattern.compile("(?m)^VmRSS:\\s+([0-9]+) kB$");
  private static final int TICKS_A_SECOND = 100;

  /** Threads that the JVM starts and ends as it likes. */
  private static final Pattern OF_THE_JVM =
      Pattern.compile(
          "C[12] CompilerThre.*|VM .*|.*Cleaner.*|ForkJoinPool.*|VirtualThread.*|Attach.*");

  public static ProcessFigures of(Daemon daemon) {
    return new ProcessFigures(daemon.pid());
  }

  /** Memory of its own that is in use, in KiB. */
  public long rssKib() {
    Matcher line = RSS.matcher(text(file("status")));
    if (!line.find()) {
      throw new AssertionError("process " + pid + " is gone");
    }
    return Long.parseLong(line.group(1));
  }

  /** Open files of a kind, as the kernel names it: {@code socket} or {@code pipe}. */
  public long openFiles(String kind) {
    return entries(file("fd")).stream().filter(fd -> target(fd).startsWith(kind + ":")).count();
  }

  /** All open files. */
  public int openFiles() {
    return entries(file("fd")).size();
  }

  /** Threads of the program, by name. */
  public List<String> threads() {
    return entries(file("task")).stream()
        .map(task -> text(task.resolve("comm")).strip())
        .filter(name -> !OF_THE_JVM.matcher(name).matches())
        .sorted()
        .toList();
  }

  /** The share of a processor, in percent, that it takes while the caller waits so long. */
  public long percentOfProcessor(Duration window) {
    long before = cpuMillis();
    new CompletableFuture<>()
        .completeOnTimeout(null, window.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    return (cpuMillis() - before) * 100 / window.toMillis();
  }

  /** Processor time so far, in milliseconds. */
  public long cpuMillis() {
    String stat = text(file("stat"));
    // the name of the program comes first, in brackets, and may hold blanks
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    return ticks * 1000 / TICKS_A_SECOND;
  }

  private Path file(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }

  private static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString();
    } catch (IOException _) {
      // closed since it was listed
      return "";
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
