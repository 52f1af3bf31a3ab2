package dev.gatehouse.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link ListenerFarm} as a process of its own. */
final class Farms {

  private Farms() {}

  static Program start(Namespace namespace, Path folder, String... listeners) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ListenerFarm.class.getName()));
    command.addAll(List.of(listeners));
    Program program = namespace.start(Program.here(folder), command);
    program.awaitOutput("listening on");
    return program;
  }
}
