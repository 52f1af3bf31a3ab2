package dev.gatehouse.tracker.rule;

import dev.gatehouse.wire.tracker.InfoHash;
import java.io.IOException;
import java.util.List;

/**
 * Where rules survive a restart.
 *
 * <p>For one thread at a time; a call that throws has changed nothing.
 */
public interface RuleStore extends AutoCloseable {

  /** All that are there. */
  List<HashRule> read() throws IOException;

  /**
   * Writes rules, in place of those about the same torrents, and takes others out; all of it or
   * nothing.
   *
   * @param forgotten the first 20 bytes of torrents
   */
  void write(List<HashRule> rules, List<InfoHash> forgotten) throws IOException;

  @Override
  void close() throws IOException;
}
