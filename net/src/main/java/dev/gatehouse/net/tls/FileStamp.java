package dev.gatehouse.net.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What a file looks like from outside.
 *
 * @param real where it is at the end of all links
 * @param inode what tells it from another one of that name, where the file system knows
 */
record FileStamp(Path real, Optional<Object> inode, FileTime modified, long size) {

  /** Empty if there is no such file. */
  static Optional<FileStamp> of(Path file) {
    try {
      Path real = file.toRealPath();
      var seen = Files.readAttributes(real, BasicFileAttributes.class);
      return Optional.of(
          new FileStamp(
              real, Optional.ofNullable(seen.fileKey()), seen.lastModifiedTime(), seen.size()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
