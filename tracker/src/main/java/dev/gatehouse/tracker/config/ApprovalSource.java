package dev.gatehouse.tracker.config;

import dev.gatehouse.wire.tracker.InfoHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where the list of approved torrents comes from. */
public sealed interface ApprovalSource {

  /** The same with files that are found from that folder, if they were not to be found alone. */
  default ApprovalSource in(Path folder) {
    return switch (this) {
      case Listed listed -> listed;
      case InFile(Path path, Duration period) -> new InFile(folder.resolve(path), period);
      case InDirectory(Path path, Duration period, boolean recursive) ->
          new InDirectory(folder.resolve(path), period, recursive);
    };
  }

  /** The configuration itself. */
  record Listed(List<InfoHash> hashes) implements ApprovalSource {

    public Listed {
      hashes = List.copyOf(hashes);
    }
  }

  /** A file with a hash on each line, looked at again and again. */
  record InFile(Path path, Duration period) implements ApprovalSource {}

  /** A folder of {@code .torrent} files, looked at again and again. */
  record InDirectory(Path path, Duration period, boolean recursive) implements ApprovalSource {}
}
