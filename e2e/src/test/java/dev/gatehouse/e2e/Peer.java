package dev.gatehouse.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Another program that tests compare with or run against. */
public final class Peer {

  private Peer() {}

  /**
   * Where the command is. Without it the test is skipped, and fails where {@code CI} is {@code
   * true}: there a missing peer would be a hole that nobody sees.
   */
  public static String require(String command, String debianPackage) {
    return require(command, debianPackage, "true".equals(System.getenv("CI")));
  }

  public static String require(String command, String debianPackage, boolean mustExist) {
    return find(command)
        .orElseGet(() -> missing(command + " is missing: apt install " + debianPackage, mustExist))
        .toString();
  }

  /** A Python of the distribution that has this module; a newer one would not find it. */
  public static String requirePython(Path folder, String module, String debianPackage) {
    String python = "/usr/bin/python3";
    List<String> command = List.of(python, "-c", "import " + module);
    return Files.isExecutable(Path.of(python))
            && Program.run(Program.here(folder), command).code() == 0
        ? python
        : missing(
                module + " is missing: apt install " + debianPackage,
                "true".equals(System.getenv("CI")))
            .toString();
  }

  /** The folder of packages of npm that {@code .ci/run} has put there, with this one in it. */
  public static Path requireNpm(String npmPackage) {
    Path packages = Project.file(".ci/npm/node_modules");
    return Files.isDirectory(packages.resolve(npmPackage))
        ? packages
        : missing(
            npmPackage + " is missing: npm install --ignore-scripts --prefix .ci/npm " + npmPackage,
            "true".equals(System.getenv("CI")));
  }

  private static Optional<Path> find(String command) {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path missing(String message, boolean mustExist) {
    return mustExist ? Assertions.fail(message) : Assumptions.abort(message);
  }
}
