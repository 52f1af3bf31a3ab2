package dev.gatehouse.tracker.hook.approval;

import dev.gatehouse.tracker.config.ApprovalSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder whose {@code .torrent} files name the torrents. */
record DirectorySource(ApprovalSource.InDirectory directory) implements TorrentSource {

  private static final Logger log = LoggerFactory.getLogger(DirectorySource.class);
  private static final String SUFFIX = ".torrent";
  private static final int MAX_DEPTH = 32;

  @Override
  public Duration period() {
    return directory.period();
  }

  @Override
  public Map<String, Listing> look(Map<String, Listing> before) throws IOException {
    Map<String, Listing> now = new HashMap<>();
    for (Path file : files()) {
      String place = file.toString();
      listing(file, before.get(place)).ifPresent(listing -> now.put(place, listing));
    }
    return now;
  }

  private List<Path> files() throws IOException {
    int depth = directory.recursive() ? MAX_DEPTH : 1;
    try (Stream<Path> found = Files.walk(directory.path(), depth)) {
      return found.filter(DirectorySource::isTorrent).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isTorrent(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(SUFFIX) && !Files.isDirectory(file);
  }

  /** Nothing for a file that cannot be read, which is tried again at the next look. */
  private static Optional<Listing> listing(Path file, @Nullable Listing known) {
    try {
      FileVersion version = FileVersion.of(file);
      if (known != null && version.isThatOf(known)) {
        return Optional.of(known);
      }
      return Optional.of(TorrentFile.read(file, version));
    } catch (IOException e) {
      log.atWarn()
          .setMessage("approval_file_skipped")
          .addKeyValue("component", "tracker/hook")
          .addKeyValue("path", file)
          .addKeyValue("err", e.getMessage())
          .log();
      return Optional.empty();
    }
  }
}
