package dev.gatehouse.app.tracker;

import dev.gatehouse.proxy.store.StoreException;
import dev.gatehouse.proxy.store.TrackerRuleTable;
import dev.gatehouse.proxy.store.TrackerRuleTable.TrackerRule;
import dev.gatehouse.tracker.rule.HashRule;
import dev.gatehouse.tracker.rule.RuleStore;
import dev.gatehouse.tracker.rule.Verdict;
import dev.gatehouse.wire.tracker.InfoHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decisions of operators in the daemon's database. */
final class StoredRules implements RuleStore {

  private final Path file;
  private @Nullable TrackerRuleTable table;

  /**
   * @param file of the database, which is opened when somebody reads
   */
  StoredRules(Path file) {
    this.file = file;
  }

  @Override
  public List<HashRule> read() throws IOException {
    try {
      return table().list().stream().map(StoredRules::rule).toList();
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void write(List<HashRule> rules, List<InfoHash> forgotten) throws IOException {
    try {
      table().write(rules.stream().map(StoredRules::row).toList(), forgotten);
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private TrackerRuleTable table() throws StoreException {
    if (table == null) {
      table = TrackerRuleTable.open(file);
    }
    return table;
  }

  private static HashRule rule(TrackerRule row) {
    return new HashRule(
        row.torrent(), row.allowed() ? Verdict.ALLOW : Verdict.DENY, row.note(), row.decided());
  }

  private static TrackerRule row(HashRule rule) {
    return new TrackerRule(
        rule.torrent(), rule.verdict() == Verdict.ALLOW, rule.note(), rule.decided());
  }

  @Override
  public void close() throws IOException {
    if (table == null) {
      return;
    }
    try {
      table.close();
    } catch (StoreException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
