package dev.gatehouse.tracker.hook.approval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a file looks like from outside; another look means other content. */
record FileVersion(FileTime modified, long size, @Nullable Object inode) {

  static FileVersion of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileVersion(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
  }

  boolean isThatOf(@Nullable Listing listing) {
    return listing != null && Objects.equals(listing.version(), this);
  }
}
