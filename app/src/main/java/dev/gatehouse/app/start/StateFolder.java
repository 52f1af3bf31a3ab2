package dev.gatehouse.app.start;

import dev.gatehouse.kernel.lifecycle.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder in which the daemon keeps what must outlive it, open to its own user alone. */
public final class StateFolder implements Part {

  private final Path folder;

  public StateFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "state " + folder;
  }

  @Override
  public void start() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  @Override
  public void close() {
    // it stays
  }
}
