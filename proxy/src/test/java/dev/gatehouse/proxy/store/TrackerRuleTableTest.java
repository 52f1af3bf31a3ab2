package dev.gatehouse.proxy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.store.TrackerRuleTable.TrackerRule;
import dev.gatehouse.wire.tracker.InfoHash;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackerRuleTableTest {

  private static final InfoHash ONE = InfoHash.v1(1, -2, 3);
  private static final InfoHash LONG = new InfoHash(4, 5, 6L << 32 | 7, 8, 32);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsThereWhenTheDatabaseIsOpenedAgain() throws Exception {
    try (TrackerRuleTable table = open()) {
      table.write(List.of(rule(ONE, true), rule(LONG, false)), List.of());
    }
    try (TrackerRuleTable table = open()) {
      assertThat(table.list()).containsExactlyInAnyOrder(rule(ONE, true), rule(LONG, false));
    }
  }

  @Test
  void aTorrentHasOneRuleHoweverItsHashIsGiven() throws Exception {
    try (TrackerRuleTable table = open()) {
      table.write(List.of(rule(LONG, false)), List.of());
      table.write(List.of(rule(LONG.truncated(), true)), List.of());
      assertThat(table.list()).containsExactly(rule(LONG.truncated(), true));
      table.write(List.of(), List.of(LONG, ONE));
      assertThat(table.list()).isEmpty();
    }
  }

  @Test
  void rulesAndRulesetAreKeptSideBySideAndCopiedTogether() throws Exception {
    Path copy = folder.resolve("copy.db");
    try (Store store = Store.open(file());
        TrackerRuleTable table = open()) {
      store.seed(Ruleset.EMPTY, NOW);
      table.write(List.of(rule(ONE, false)), List.of());
      assertThat(store.read()).isEqualTo(Ruleset.EMPTY);
      assertThat(store.snapshot(copy)).isPositive();
    }
    try (TrackerRuleTable copied = TrackerRuleTable.open(copy)) {
      assertThat(copied.list()).containsExactly(rule(ONE, false));
    }
  }

  private Path file() {
    return folder.resolve("gatehouse.db");
  }

  private TrackerRuleTable open() throws StoreException {
    return TrackerRuleTable.open(file());
  }

  private static TrackerRule rule(InfoHash torrent, boolean allowed) {
    return new TrackerRule(torrent, allowed, "a note", NOW);
  }
}
