package dev.gatehouse.proxy.store;

import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.route;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;
import static dev.gatehouse.proxy.ruleset.Rulesets.ruleset;
import static dev.gatehouse.proxy.store.Stores.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.ruleset.Difference;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.ruleset.RulesetChange.RuleAdded;
import dev.gatehouse.proxy.store.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreInUseTest {

  private static final Ruleset RULESET = ruleset(listener(":443", route("a.org", "10.0.0.5:443")));
  private static final FirewallRule RULE = rule(Reason.IP, "192.0.2.1");

  @TempDir private Path folder;
  private Path file;
  private Database database;
  private Store store;

  @BeforeEach
  void open() throws StoreException {
    file = folder.resolve("gatehouse.db");
    database = Stores.database(file);
    store = new Store(database);
    store.seed(RULESET, Instant.EPOCH);
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
  }

  @ParameterizedTest
  @CsvSource({
    "journal_mode, wal",
    "foreign_keys, 1",
    "synchronous, 2",
    "trusted_schema, 0",
    "cell_size_check, 1",
    "busy_timeout, 20",
    "journal_size_limit, 16777216",
  })
  void theDatabaseIsSetUpToKeepWhatItPromises(String pragma, String value) throws StoreException {
    assertThat(database.text("PRAGMA " + pragma)).isEqualTo(value);
  }

  @Test
  void aDatabaseThatSomebodyElseIsWritingIsBusyAndThenUsable() throws Exception {
    try (Connection stranger = Stores.stranger(file);
        Statement statement = stranger.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThat(refused(Kind.BUSY, () -> store.write(List.of(new RuleAdded(RULE)))))
          .startsWith(
              file + " is held by another process (expected: this one alone); end that one");
      assertThat(store.read()).as("reading goes on").isEqualTo(RULESET);
      statement.execute("ROLLBACK");
    }
    store.write(List.of(new RuleAdded(RULE)));
    assertThat(store.read().firewall().contains(RULE)).isTrue();
  }

  @Test
  void aDatabaseThatSomebodyElseHasLockedCannotBeOpened() throws Exception {
    store.close();
    try (Connection stranger = Stores.stranger(file);
        Statement statement = stranger.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      refused(Kind.BUSY, () -> Stores.database(file));
    }
    Stores.database(file).close();
  }

  @Test
  void aFullDiskChangesNothingAndIsOverWhenThereIsRoom() throws StoreException {
    Ruleset large =
        RULESET.with(
            FirewallRules.of(
                IntStream.range(0, 5000)
                    .mapToObj(i -> rule(Reason.IP, "10.0." + i / 250 + "." + i % 250))
                    .toList()));
    database.number("PRAGMA max_page_count = " + database.number("PRAGMA page_count"));
    assertThat(refused(Kind.FULL, () -> store.write(Difference.between(RULESET, large))))
        .startsWith(file + " has no room to grow; free some on its file system");
    assertThat(store.read()).isEqualTo(RULESET);
    store.write(List.of());
    database.number("PRAGMA max_page_count = 1000000");
    store.write(Difference.between(RULESET, large));
    assertThat(store.read()).isEqualTo(large);
  }

  @Test
  void aFileThatCannotBeWrittenAnyMoreIsReadOnly() throws StoreException {
    database.execute("PRAGMA query_only = ON");
    assertThat(refused(Kind.READ_ONLY, () -> store.write(List.of(new RuleAdded(RULE)))))
        .startsWith(file + " cannot be written (expected: a writable file in a writable folder)");
    assertThat(store.read()).isEqualTo(RULESET);
    database.execute("PRAGMA query_only = OFF");
    store.write(List.of(new RuleAdded(RULE)));
  }

  @Test
  void whatGoesWrongOtherwiseHasTheWordsOfSqlite() {
    assertThat(refused(Kind.FAILED, () -> database.number("SELECT count(*) FROM nowhere")))
        .startsWith(file + " could not be used (")
        .contains("no such table: nowhere");
  }

  @Test
  void aBugWithinATransactionRollsItBackToo() throws StoreException {
    IllegalStateException bug = new IllegalStateException("a bug");
    assertThat(
            catchThrowable(
                () ->
                    database.writing(
                        () -> {
                          new FirewallRows(database).createFirewallRule(RULE);
                          throw bug;
                        })))
        .isSameAs(bug);
    assertThat(store.read()).isEqualTo(RULESET);
    store.write(List.of(new RuleAdded(RULE)));
  }

  @Test
  void aSnapshotIsAStoreOfItsOwn() throws Exception {
    Path snapshot = folder.resolve("snapshot's copy.db");
    long bytes = store.snapshot(snapshot);
    store.write(List.of(new RuleAdded(RULE)));
    assertThat(bytes).isEqualTo(Files.size(snapshot)).isPositive();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(snapshot)))
        .isEqualTo("rw-------");
    try (Store copy = Store.open(snapshot)) {
      assertThat(copy.read()).isEqualTo(RULESET);
      assertThat(copy.routeIds()).isEqualTo(store.routeIds());
    }
  }

  @Test
  void aSnapshotOverwritesNothing() throws Exception {
    Path snapshot = Files.writeString(folder.resolve("precious"), "precious");
    assertThat(refused(Kind.EXISTS, () -> store.snapshot(snapshot)))
        .isEqualTo(snapshot + ": is there already (expected: a new file); name another");
    assertThat(snapshot).hasContent("precious");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));
    refused(Kind.EXISTS, () -> store.snapshot(link));
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void aSnapshotThatCannotBeMadeLeavesNothing() {
    Path nowhere = folder.resolve("nowhere/snapshot");
    assertThat(refused(Kind.FAILED, () -> store.snapshot(nowhere)))
        .startsWith(nowhere + ": no snapshot (")
        .contains("NoSuchFileException");
    Path within = folder.resolve("snapshot");
    assertThat(refused(Kind.FAILED, () -> database.writing(() -> store.snapshot(within))))
        .startsWith(within + ": no snapshot; " + file)
        .contains("cannot VACUUM from within a transaction");
    assertThat(within).doesNotExist();
  }
}
