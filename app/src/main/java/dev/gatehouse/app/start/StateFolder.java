package dev.gatehouse.app.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder in which the daemon keeps what must outlive it, open to its own user alone. */
public final class StateFolder {

  private StateFolder() {}

  /** Makes the folder unless it is there; it stays when the daemon ends. */
  public static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
