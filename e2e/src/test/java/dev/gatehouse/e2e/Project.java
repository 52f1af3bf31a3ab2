package dev.gatehouse.e2e;

import java.nio.file.Path;
import java.util.Objects;

/** Where the files of the project are. */
public final class Project {

  public static final Path ROOT =
      Path.of(Objects.requireNonNull(System.getProperty("gatehouse.root"), "gatehouse.root"));

  private Project() {}

  public static Path file(String name) {
    return ROOT.resolve(name);
  }
}
