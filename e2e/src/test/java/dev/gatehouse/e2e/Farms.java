package dev.gatehouse.e2e;

import java.nio.file.Path;

/** Starts {@link ListenerFarm} as a process of its own. */
final class Farms {

  private Farms() {}

  static Program start(Namespace namespace, Path folder, String... listeners) {
    Program program =
        namespace.start(Program.here(folder), JavaProgram.command(ListenerFarm.class, listeners));
    program.awaitOutput("listening on");
    return program;
  }
}
