package dev.gatehouse.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of these tests as a process of its own, for what must happen inside a namespace. */
final class JavaProgram {

  private JavaProgram() {}

  static List<String> command(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
