package dev.gatehouse.tracker.hook.approval;

import dev.gatehouse.tracker.config.ApprovalSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Where a list of torrents comes from. */
interface TorrentSource {

  /** How often it is looked at; zero for one that never changes. */
  Duration period();

  /**
   * All that is there now, by place.
   *
   * @param before what was there at the last look, so that only what has changed is read
   * @throws IOException if nothing can be said of what is there
   */
  Map<String, Listing> look(Map<String, Listing> before) throws IOException;

  static TorrentSource of(ApprovalSource source) {
    return switch (source) {
      case ApprovalSource.Listed listed -> new FixedSource(listed);
      case ApprovalSource.InFile file -> new FileSource(file);
      case ApprovalSource.InDirectory directory -> new DirectorySource(directory);
    };
  }
}
