package dev.gatehouse.app.config;

import dev.gatehouse.config.tree.ConfigProblem;
import java.io.PrintWriter;
import java.util.List;

/** Tells the operator what is wrong with the configuration, a line for each mistake. */
public final class Problems {

  private Problems() {}

  public static void print(PrintWriter err, List<ConfigProblem> problems) {
    problems.forEach(err::println);
    err.println(
        problems.size() == 1
            ? "refusing to start: 1 error in the configuration"
            : "refusing to start: " + problems.size() + " errors in the configuration");
  }
}
