package dev.gatehouse.proxy.store;

import dev.gatehouse.proxy.store.StoreException.Kind;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The table {@code tracker_rules}, by a connection of its own: nothing in it concerns the ruleset,
 * so neither waits for the other longer than a transaction takes.
 *
 * <p>For one thread at a time. A call that throws has changed nothing.
 */
public final class TrackerRuleTable implements AutoCloseable {

  private static final String TABLE = "tracker_rules";

  private final Database database;

  /**
   * What an operator has decided about a torrent.
   *
   * @param torrent as it was given
   * @param allowed else it is denied
   */
  public record TrackerRule(InfoHash torrent, boolean allowed, String note, Instant decided) {}

  private TrackerRuleTable(Database database) {
    this.database = database;
  }

  /**
   * Opens the database in a file.
   *
   * @throws StoreException as {@link Store#open} does
   */
  public static TrackerRuleTable open(Path file) throws StoreException {
    return new TrackerRuleTable(Database.open(StoreFile.of(file), Store.BUSY_TIMEOUT));
  }

  /** All that are there. */
  public List<TrackerRule> list() throws StoreException {
    return database.list(TABLE, "SELECT * FROM tracker_rules", TrackerRuleTable::read);
  }

  /** Puts rules in place of those about the same torrents and deletes others, or does nothing. */
  public void write(List<TrackerRule> rules, List<InfoHash> deleted) throws StoreException {
    database.writing(
        () -> {
          for (TrackerRule rule : rules) {
            put(rule);
          }
          for (InfoHash torrent : deleted) {
            database.update("DELETE FROM tracker_rules WHERE info_hash = ?", key(torrent));
          }
          return rules.size() + deleted.size();
        });
  }

  private void put(TrackerRule rule) throws StoreException {
    database.update(
        "INSERT INTO tracker_rules (info_hash, torrent, verdict, note, decided_at_ms)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (info_hash) DO UPDATE SET"
            + " torrent = excluded.torrent, verdict = excluded.verdict, note = excluded.note,"
            + " decided_at_ms = excluded.decided_at_ms",
        key(rule.torrent()),
        raw(rule.torrent()),
        rule.allowed() ? Verdict.ALLOW.label() : Verdict.DENY.label(),
        rule.note(),
        rule.decided().toEpochMilli());
  }

  /** The words of the column. */
  private enum Verdict {
    ALLOW("allow"),
    DENY("deny");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    private String label() {
      return label;
    }
  }

  private static TrackerRule read(Cells cells) throws SQLException, StoreException {
    byte[] bytes = cells.row().getBytes("torrent");
    InfoHash torrent =
        InfoHash.parse(Bytes.of(bytes))
            .orElseThrow(
                () ->
                    new StoreException(
                        Kind.CORRUPT,
                        "%s: tracker_rules.torrent of %d bytes (expected: 20, 32)"
                            .formatted(cells.file(), bytes.length)));
    return new TrackerRule(
        torrent,
        cells.choice("verdict", Verdict.class, Verdict::label) == Verdict.ALLOW,
        cells.text("note"),
        Instant.ofEpochMilli(cells.number("decided_at_ms", 0, Long.MAX_VALUE)));
  }

  private static byte[] key(InfoHash torrent) {
    return raw(torrent.truncated());
  }

  private static byte[] raw(InfoHash torrent) {
    byte[] bytes = new byte[torrent.length()];
    ByteBuf out = Unpooled.wrappedBuffer(bytes).clear();
    torrent.writeTo(out);
    return bytes;
  }

  @Override
  public void close() throws StoreException {
    if (!database.isClosed()) {
      database.close();
    }
  }
}
