package dev.gatehouse.proxy.store;

import static dev.gatehouse.proxy.ruleset.Rulesets.blocked;
import static dev.gatehouse.proxy.ruleset.Rulesets.endpoint;
import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.name;
import static dev.gatehouse.proxy.ruleset.Rulesets.required;
import static dev.gatehouse.proxy.ruleset.Rulesets.route;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;
import static dev.gatehouse.proxy.ruleset.Rulesets.ruleset;
import static dev.gatehouse.proxy.ruleset.Rulesets.sorted;
import static dev.gatehouse.proxy.store.Stores.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.ruleset.Difference;
import dev.gatehouse.proxy.ruleset.RandomRulesets;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.ruleset.RulesetChange;
import dev.gatehouse.proxy.ruleset.RulesetChange.LimitChanged;
import dev.gatehouse.proxy.ruleset.RulesetChange.ListenerAdded;
import dev.gatehouse.proxy.ruleset.RulesetChange.ListenerChanged;
import dev.gatehouse.proxy.ruleset.RulesetChange.ListenerRemoved;
import dev.gatehouse.proxy.ruleset.RulesetChange.PolicyAdded;
import dev.gatehouse.proxy.ruleset.RulesetChange.PolicyRemoved;
import dev.gatehouse.proxy.ruleset.RulesetChange.RouteAdded;
import dev.gatehouse.proxy.ruleset.RulesetChange.RouteChanged;
import dev.gatehouse.proxy.ruleset.RulesetChange.RouteRemoved;
import dev.gatehouse.proxy.ruleset.RulesetChange.RuleAdded;
import dev.gatehouse.proxy.ruleset.RulesetChange.RuleRemoved;
import dev.gatehouse.proxy.ruleset.RulesetEditor.RouteKey;
import dev.gatehouse.proxy.store.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class StoreTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String ADDRESS = "[::]:443";

  private static final ListenerConfig LISTENER =
      listener(
          ADDRESS,
          route("a.org", "10.0.0.5:443").withPolicies(List.of(blocked("BadBot"), required("X"))),
          route("b.org", "10.0.0.6:443"));

  private static final Ruleset RULESET =
      ruleset(LISTENER, listener("127.0.0.1:8443"))
          .with(FirewallRules.of(List.of(rule(Reason.IP, "192.0.2.1"))));

  @TempDir private Path folder;
  private Path file;
  private Store store;

  @BeforeEach
  void open() throws StoreException {
    file = folder.resolve("gatehouse.db");
    store = Store.open(file);
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
  }

  @Test
  void aNewStoreIsEmpty() throws StoreException {
    assertThat(store.isEmpty()).isTrue();
    assertThat(store.read()).isEqualTo(Ruleset.EMPTY);
    assertThat(store.routeIds()).isEmpty();
  }

  @Test
  void aSeededStoreHasTheRulesAfterItWasOpenedAgain() throws StoreException {
    store.seed(RULESET, NOW);
    reopen();
    assertThat(store.isEmpty()).isFalse();
    assertThat(store.read()).isEqualTo(RULESET);
  }

  @Test
  void oneInMemoryIsAsGoodWhileItLastsAndNobodyElseSeesIt() throws StoreException {
    try (Store other = Store.inMemory();
        Store memory = Store.inMemory()) {
      memory.seed(RULESET, NOW);
      assertThat(memory.read()).isEqualTo(RULESET);
      assertThat(other.isEmpty()).isTrue();
    }
  }

  @Test
  void itIsKnownWhenAndWithWhatAStoreWasSeeded() throws StoreException {
    store.seed(RULESET, NOW);
    try (Database database = Stores.database(file)) {
      StoreMeta meta = new StoreMeta(database);
      assertThat(meta.get(StoreMeta.SEEDED_AT)).contains("2026-01-02T03:04:05Z");
      assertThat(meta.get(StoreMeta.SEED_DIGEST)).contains(StoreMeta.digest(RULESET));
      assertThat(StoreMeta.digest(RULESET)).isNotEqualTo(StoreMeta.digest(ruleset(LISTENER)));
      assertThat(meta.get("else")).isEmpty();
    }
  }

  @Test
  void aStoreIsSeededOnce() throws StoreException {
    store.seed(RULESET, NOW);
    refused(Kind.EXISTS, () -> store.seed(ruleset(), NOW));
    assertThat(store.read()).isEqualTo(RULESET);
  }

  @Test
  void anEmptiedStoreStaysEmptyAndIsNotSeededAgain() throws StoreException {
    store.seed(RULESET, NOW);
    store.write(Difference.between(RULESET, Ruleset.EMPTY));
    reopen();
    assertThat(store.read()).isEqualTo(Ruleset.EMPTY);
    assertThat(store.isEmpty()).isFalse();
    refused(Kind.EXISTS, () -> store.seed(RULESET, NOW));
  }

  @Test
  void aStoreWithoutASeedButWithRowsIsNotEmpty() throws StoreException {
    store.write(List.of(new RuleAdded(rule(Reason.COUNTRY, "NL"))));
    assertThat(store.isEmpty()).isFalse();
    refused(Kind.EXISTS, () -> store.seed(RULESET, NOW));
  }

  @Test
  void everyKindOfChangeIsWritten() throws StoreException {
    Set<Class<?>> kinds = new HashSet<>();
    RandomRulesets random = RandomRulesets.ofAllModes(1);
    Ruleset before = Ruleset.EMPTY;
    for (int i = 0; i < 60; i++) {
      Ruleset after = random.next();
      List<RulesetChange> changes = Difference.between(before, after);
      store.write(changes);
      assertThat(sorted(store.read())).as("after step %d", i).isEqualTo(sorted(after));
      changes.forEach(change -> kinds.add(change.getClass()));
      before = after;
    }
    assertThat(kinds).containsExactlyInAnyOrder(RulesetChange.class.getPermittedSubclasses());
    reopen();
    assertThat(sorted(store.read())).isEqualTo(sorted(before));
  }

  @Test
  void aSeedOfAnyRulesIsReadBackInItsOrder() throws StoreException {
    Ruleset seed = RandomRulesets.ofAllModes(5).next();
    store.seed(seed, NOW);
    assertThat(store.read()).isEqualTo(seed);
  }

  @Test
  void whatWasWrittenIsThereForAProcessThatFindsOnlyTheFilesOfOneThatWasKilled(@TempDir Path other)
      throws Exception {
    store.seed(RULESET, NOW);
    for (String end : List.of("", "-wal")) {
      Files.copy(folder.resolve("gatehouse.db" + end), other.resolve("gatehouse.db" + end));
    }
    try (Store survivor = Store.open(other.resolve("gatehouse.db"))) {
      assertThat(survivor.read()).isEqualTo(RULESET);
    }
  }

  @Test
  void whatADeadWriterWithoutALogHasLeftHalfDoneIsUndone(@TempDir Path other) throws Exception {
    store.seed(RULESET, NOW);
    store.close();
    try (Connection writer = Stores.stranger(file);
        Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA journal_mode = DELETE");
      statement.execute("PRAGMA cache_size = 1");
      statement.execute("BEGIN");
      statement.execute("DELETE FROM listeners");
      statement.execute(
          "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
              + " INSERT INTO firewall_rules (type, value) SELECT 'ip', 'half done ' || i FROM n");
      for (String end : List.of("", "-journal")) {
        Files.copy(folder.resolve("gatehouse.db" + end), other.resolve("gatehouse.db" + end));
      }
    }
    Path half = other.resolve("gatehouse.db");
    assertThat(Files.size(half)).as("written into").isGreaterThan(Files.size(file));
    try (Store survivor = Store.open(half)) {
      assertThat(survivor.read()).isEqualTo(RULESET);
    }
  }

  static final List<RulesetChange> CHANGES_OF_WHAT_IS_NOT_THERE =
      List.of(
          new ListenerRemoved(listener(":1")),
          new ListenerChanged(listener(":1"), listener(":1")),
          new LimitChanged(endpoint(":1"), 0, 1),
          new RouteAdded(endpoint(":1"), route("a.org", "10.0.0.5:1")),
          new RouteRemoved(endpoint(":1"), route("a.org", "10.0.0.5:1")),
          new RouteRemoved(endpoint(ADDRESS), route("c.org", "10.0.0.5:1")),
          new RouteChanged(
              endpoint(ADDRESS), route("c.org", "10.0.0.5:1"), route("c.org", "10.0.0.6:1")),
          new PolicyAdded(endpoint(ADDRESS), name("c.org"), blocked("x")),
          new PolicyRemoved(endpoint(ADDRESS), name("a.org"), blocked("x")),
          new RuleRemoved(rule(Reason.COUNTRY, "NL")));

  @ParameterizedTest
  @FieldSource("CHANGES_OF_WHAT_IS_NOT_THERE")
  void whatIsNotThereIsNotChangedAndNothingElseIsEither(RulesetChange change)
      throws StoreException {
    refusedAsAWhole(Kind.MISSING, change);
  }

  static final List<RulesetChange> ADDITIONS_OF_WHAT_IS_THERE =
      List.of(
          new ListenerAdded(listener(ADDRESS)),
          new RouteAdded(endpoint(ADDRESS), route("a.org", "10.0.0.9:1")),
          new PolicyAdded(endpoint(ADDRESS), name("a.org"), blocked("BadBot")),
          new RuleAdded(rule(Reason.IP, "192.0.2.1")));

  @ParameterizedTest
  @FieldSource("ADDITIONS_OF_WHAT_IS_THERE")
  void whatIsThereIsNotAddedAndNothingElseIsEither(RulesetChange change) throws StoreException {
    refusedAsAWhole(Kind.EXISTS, change);
  }

  private void refusedAsAWhole(Kind kind, RulesetChange change) throws StoreException {
    store.seed(RULESET, NOW);
    RulesetChange harmless = new RuleAdded(rule(Reason.CIDR, "10.0.0.0/8"));
    refused(kind, () -> store.write(List.of(harmless, change)));
    assertThat(store.read()).isEqualTo(RULESET);
    store.write(List.of(harmless));
    assertThat(store.read().firewall().size()).as("usable as before").isEqualTo(2);
  }

  @Test
  void whatIsMissingIsNamedWithTheWayOut() throws StoreException {
    RulesetChange change = new RuleRemoved(rule(Reason.COUNTRY, "NL"));
    assertThat(refused(Kind.MISSING, () -> store.write(List.of(change))))
        .isEqualTo(
            file
                + ": no firewall to change: country NL (expected: all as it was read);"
                + " somebody else has changed it, so restart");
  }

  @Test
  void routesHaveNumbersThatAreNeverGivenTwice() throws StoreException {
    store.seed(RULESET, NOW);
    Map<RouteKey, Long> before = store.routeIds();
    assertThat(before)
        .containsOnlyKeys(
            new RouteKey(endpoint(ADDRESS), name("a.org")),
            new RouteKey(endpoint(ADDRESS), name("b.org")));
    store.write(
        List.of(
            new RouteRemoved(endpoint(ADDRESS), route("b.org", "10.0.0.6:443")),
            new RouteAdded(endpoint(ADDRESS), route("c.org", "10.0.0.6:443")),
            new RouteChanged(
                endpoint(ADDRESS), route("a.org", "10.0.0.5:443"), route("a.org", "10.0.0.7:1"))));
    Map<RouteKey, Long> after = store.routeIds();
    RouteKey changed = new RouteKey(endpoint(ADDRESS), name("a.org"));
    assertThat(after.get(changed)).isEqualTo(before.get(changed));
    assertThat(after.get(new RouteKey(endpoint(ADDRESS), name("c.org")))).isNotIn(before.values());
  }

  @Test
  void aChangedRouteKeepsItsPlaceAndItsPolicies() throws StoreException {
    store.seed(RULESET, NOW);
    store.write(
        List.of(
            new RouteChanged(
                endpoint(ADDRESS), LISTENER.routes().getFirst(), route("a.org", "10.0.0.7:1"))));
    assertThat(store.read().listeners().getFirst().routes())
        .containsExactly(
            route("a.org", "10.0.0.7:1").withPolicies(List.of(blocked("BadBot"), required("X"))),
            route("b.org", "10.0.0.6:443"));
  }

  @Test
  void policiesStandInTheOrderInWhichTheyCame() throws StoreException {
    store.seed(RULESET, NOW);
    store.write(
        List.of(
            new PolicyRemoved(endpoint(ADDRESS), name("a.org"), blocked("BadBot")),
            new PolicyAdded(endpoint(ADDRESS), name("a.org"), blocked("AAA")),
            new PolicyAdded(endpoint(ADDRESS), name("a.org"), blocked("BadBot"))));
    assertThat(store.read().listeners().getFirst().routes().getFirst().l7().policies())
        .containsExactly(required("X"), blocked("AAA"), blocked("BadBot"));
  }

  @Test
  void aClosedStoreIsOneFile() throws Exception {
    store.seed(RULESET, NOW);
    assertThat(files()).contains("gatehouse.db-wal");
    store.close();
    assertThat(files()).containsExactly("gatehouse.db");
    store.close();
  }

  private List<String> files() throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void reopen() throws StoreException {
    store.close();
    store = Store.open(file);
  }
}
