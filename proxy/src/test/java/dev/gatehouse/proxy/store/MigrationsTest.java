package dev.gatehouse.proxy.store;

import static dev.gatehouse.proxy.ruleset.Rulesets.blocked;
import static dev.gatehouse.proxy.ruleset.Rulesets.destination;
import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.network;
import static dev.gatehouse.proxy.ruleset.Rulesets.required;
import static dev.gatehouse.proxy.ruleset.Rulesets.route;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;
import static dev.gatehouse.proxy.store.Stores.meddle;
import static dev.gatehouse.proxy.store.Stores.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.route.TlsVersion;
import dev.gatehouse.proxy.ruleset.Rulesets;
import dev.gatehouse.proxy.store.StoreException.Kind;
import dev.gatehouse.proxy.store.migration.MigrationLog;
import dev.gatehouse.testkit.LogGuard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import org.sqlite.SQLiteDataSource;

/** An operator's database of every age, with rows in every table that it had. */
class MigrationsTest {

  /** What each version could say first; those before it stay as they were. */
  private static final Map<Integer, List<String>> ROWS =
      Map.of(
          1,
          List.of(
              "INSERT INTO listeners (addr) VALUES ('[::]:443')",
              "INSERT INTO routes (listener_id, hostname, backend)"
                  + " VALUES (1, 'a.org', '10.0.0.5:443')",
              "INSERT INTO firewall_rules (type, value)"
                  + " VALUES ('ip', '192.0.2.1'), ('cidr', '10.0.0.0/8'), ('country', 'NL')"),
          2,
          List.of(
              "UPDATE listeners SET proxy_protocol = 1",
              "UPDATE routes SET mode = 'l7', tls_cert = '/a.pem', tls_key = '/a.key',"
                  + " backend_tls = 1, send_proxy_protocol = 1"),
          3,
          List.of("UPDATE listeners SET max_connections = 9"),
          4,
          List.of(
              "INSERT INTO l7_policies (route_id, type, value) VALUES"
                  + " (1, 'require_header', 'X'), (1, 'block_user_agent', 'BadBot')"),
          5,
          List.of(
              "INSERT INTO tracker_rules (info_hash, torrent, verdict, note, decided_at_ms)"
                  + " VALUES (zeroblob(20), zeroblob(32), 'deny', 'by hand', 1)"),
          6,
          List.of(
              "UPDATE listeners SET trusted_proxies = '[\"10.0.0.0/8\"]',"
                  + " default_route = 'a.org', no_sni_route = 'a.org'",
              "UPDATE routes SET backend_protocol = 'h2', backend_tls_verify = 0,"
                  + " backend_tls_ca = '/ca.pem', backend_tls_name = 'b.internal',"
                  + " send_proxy_tlvs = '[\"crc32c\"]', tls_min_version = '1.3',"
                  + " idle_timeout_ms = 0, response_header_timeout_ms = 1500,"
                  + " max_request_body = 1048576"));

  @RegisterExtension final LogGuard logs = new LogGuard();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void create() throws Exception {
    file = Files.createFile(folder.resolve("gatehouse.db"), StoreFile.NEW);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aDatabaseOfEveryVersionIsBroughtToTheNewestWithWhatItSaid(int version) throws Exception {
    age(version);
    for (int i = 0; i < 2; i++) {
      try (Store store = Store.open(file)) {
        assertThat(store.isEmpty()).isFalse();
        assertThat(store.read().listeners()).containsExactly(expected(version));
        assertThat(store.read().firewall())
            .isEqualTo(
                FirewallRules.of(
                    List.of(
                        rule(Reason.IP, "192.0.2.1"),
                        rule(Reason.CIDR, "10.0.0.0/8"),
                        rule(Reason.COUNTRY, "NL"))));
      }
    }
  }

  @Test
  void theRulesOfTheTrackerAreKept() throws Exception {
    age(5);
    try (Database database = Stores.database(file)) {
      assertThat(database.text("SELECT verdict || ': ' || note FROM tracker_rules"))
          .isEqualTo("deny: by hand");
    }
  }

  @Test
  void aNewDatabaseTakesEveryStepAndAPresentOneTakesNone() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (Database database = Stores.database(file)) {
        assertThat(Migrations.version(database)).isEqualTo(Migrations.LATEST);
        assertThat(database.number("SELECT count(*) FROM flyway_schema_history"))
            .isEqualTo(Migrations.LATEST);
      }
    }
  }

  /** A step that has been taken somewhere is never edited; what is to be different is a new one. */
  @Test
  void theStepsAreThoseThatOperatorsHaveTaken() {
    Map<String, Integer> checksums = new TreeMap<>();
    for (MigrationInfo step : Migrations.flyway(source()).load().info().all()) {
      checksums.put(step.getScript(), step.getChecksum());
    }
    assertThat(checksums)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "V1__listeners_routes_and_firewall_rules.sql", -539055374,
                "V2__route_modes_and_proxy_headers.sql", -2114364744,
                "V3__connection_limits.sql", 271777555,
                "V4__l7_policies.sql", -1332538034,
                "V5__tracker_rules.sql", -1893903069,
                "V6__trust_fallbacks_and_overrides.sql", -1771432655,
                "V7__several_backends.sql", 1917677244));
    assertThat(checksums).hasSize(Migrations.LATEST);
  }

  @Test
  void aDatabaseThatAnEditedStepHasMadeIsNotTouched() throws Exception {
    age(6);
    meddle(file, "UPDATE flyway_schema_history SET checksum = 1 WHERE version = '3'");
    assertThat(refused(Kind.FAILED, () -> Store.open(file)))
        .startsWith(file + ": not brought from version 6 to 7 (")
        .contains("checksum mismatch");
    assertThat(columnsOfRoutes()).doesNotContain("backends");
  }

  @Test
  void aStepThatFailsLeavesTheDatabaseAsItWas() throws Exception {
    age(6);
    // the last that step 7 adds
    meddle(file, "ALTER TABLE routes ADD COLUMN health_interval_ms INTEGER");
    assertThat(refused(Kind.FAILED, () -> Store.open(file)))
        .contains("duplicate column name: health_interval_ms");
    assertThat(columnsOfRoutes()).contains("max_request_body").doesNotContain("backends");
    meddle(file, "ALTER TABLE routes DROP COLUMN health_interval_ms");
    Store.open(file).close();
    assertThat(columnsOfRoutes()).contains("backends");
  }

  private List<String> columnsOfRoutes() throws SQLException {
    try (Connection stranger = Stores.stranger(file);
        Statement statement = stranger.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM pragma_table_info('routes')")) {
      List<String> columns = new ArrayList<>();
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
      return columns;
    }
  }

  @Test
  void theOperatorsLogHasNoneOfIt() throws Exception {
    Store.open(file).close();
    MigrationLog log = new MigrationLog();
    var story = log.createLogger(MigrationsTest.class);
    story.debug("debug");
    story.info("info");
    story.notice("notice");
    story.warn("warn");
    story.error("error");
    story.error("failure", new IllegalStateException());
    for (String line : List.of("info", "notice", "warn", "error", "failure")) {
      assertThat(logs.events(line)).singleElement().matches(e -> e.level() == Level.DEBUG, line);
    }
    assertThat(logs.events("debug")).as("below debug").isEmpty();
  }

  @Test
  void theDatabaseItselfRefusesWhatMayNotBe() throws Exception {
    age(6);
    try (Database database = Stores.database(file)) {
      for (String sql :
          List.of(
              "INSERT INTO listeners (addr) VALUES ('[::]:443')",
              "INSERT INTO routes (listener_id, hostname, backend) VALUES (1, 'a.org', 'x:1')",
              "INSERT INTO l7_policies (route_id, type, value) VALUES (1, 'require_header', 'X')",
              "INSERT INTO firewall_rules (type, value) VALUES ('country', 'NL')")) {
        refused(Kind.EXISTS, () -> database.update(sql));
      }
      for (String sql :
          List.of(
              "INSERT INTO routes (listener_id, hostname, backend) VALUES (9, 'a.org', 'x:1')",
              "INSERT INTO l7_policies (route_id, type, value) VALUES (9, 'require_header', 'X')",
              "INSERT INTO l7_policies (route_id, type, value) VALUES (1, 'require_header', '')",
              "INSERT INTO l7_policies (route_id, type, value) VALUES (1, 'allow', 'X')",
              "INSERT INTO firewall_rules (type, value) VALUES ('asn', '1')",
              "INSERT INTO tracker_rules VALUES (zeroblob(21), zeroblob(20), 'deny', '', 1)",
              "INSERT INTO tracker_rules VALUES (zeroblob(20), zeroblob(21), 'deny', '', 1)",
              "UPDATE tracker_rules SET verdict = 'maybe'",
              "UPDATE listeners SET max_connections = -1",
              "UPDATE listeners SET max_connections = 'many'",
              "UPDATE routes SET mode = 'l3'",
              "UPDATE routes SET balance = 'random'",
              "UPDATE routes SET hostname = NULL")) {
        assertThat(refused(Kind.FAILED, () -> database.update(sql))).as(sql).contains("CONSTRAINT");
      }
    }
  }

  private void age(int version) throws SQLException {
    for (int step = 1; step <= version; step++) {
      Migrations.flyway(source()).target(String.valueOf(step)).load().migrate();
      meddle(file, ROWS.getOrDefault(step, List.of()).toArray(String[]::new));
    }
  }

  private SQLiteDataSource source() {
    return Database.source(file, "mode=rw", Stores.IMPATIENT);
  }

  /** What those rows mean today. */
  private static ListenerConfig expected(int version) {
    ListenerConfig listener = listener("[::]:443", expectedRoute(version));
    Guard guard =
        new Guard(
            version >= 2,
            version >= 6 ? List.of(network("10.0.0.0/8")) : List.of(),
            version >= 3 ? 9 : 0);
    Optional<RouteName> named =
        version >= 6 ? Optional.of(Rulesets.name("a.org")) : Optional.empty();
    return new ListenerConfig(listener.address(), guard, listener.routes(), named, named);
  }

  private static Route expectedRoute(int version) {
    if (version == 1) {
      return route("a.org", "10.0.0.5:443");
    }
    boolean settled = version >= 6;
    L7Settings l7 =
        new L7Settings(
            "/a.pem",
            "/a.key",
            Optional.of(
                settled ? new BackendTls(false, "/ca.pem", "b.internal") : BackendTls.VERIFIED),
            settled ? BackendProtocol.H2 : BackendProtocol.AUTO,
            settled ? Optional.of(TlsVersion.TLS_1_3) : Optional.empty(),
            settled ? Optional.of(Duration.ofMillis(1500)) : Optional.empty(),
            settled ? OptionalLong.of(1 << 20) : OptionalLong.empty(),
            version >= 4 ? List.of(required("X"), blocked("BadBot")) : List.of());
    return new Route(
        Rulesets.name("a.org"),
        RouteMode.L7,
        List.of(destination("10.0.0.5:443")),
        Balance.ROUND_ROBIN,
        Duration.ZERO,
        Optional.of(settled ? Set.of(SentTlv.CRC32C) : Set.of()),
        settled ? Optional.of(Duration.ZERO) : Optional.empty(),
        l7);
  }
}
