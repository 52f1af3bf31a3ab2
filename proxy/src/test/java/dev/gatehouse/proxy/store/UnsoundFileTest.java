package dev.gatehouse.proxy.store;

import static dev.gatehouse.proxy.ruleset.Rulesets.blocked;
import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.route;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;
import static dev.gatehouse.proxy.ruleset.Rulesets.ruleset;
import static dev.gatehouse.proxy.store.Stores.meddle;
import static dev.gatehouse.proxy.store.Stores.refused;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.store.StoreException.Kind;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsoundFileTest {

  private static final Ruleset RULESET =
      ruleset(
              listener(
                  ":443",
                  route("a.org", "10.0.0.5:443").withPolicies(List.of(blocked("BadBot"))),
                  route("b.org", "10.0.0.5:443", "10.0.0.6:443")))
          .with(
              FirewallRules.of(
                  IntStream.range(0, 500)
                      .mapToObj(i -> rule(Reason.IP, "192.0." + i / 250 + "." + i % 250))
                      .toList()));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void seed() throws Exception {
    file = folder.resolve("gatehouse.db");
    try (Store store = Store.open(file)) {
      store.seed(RULESET, Instant.EPOCH);
    }
  }

  @Test
  void aNewerDatabaseIsRefusedWithBothVersionsAndLeftAsItIs() throws Exception {
    meddle(
        file,
        "INSERT INTO flyway_schema_history"
            + " SELECT 99, '12', description, type, script, checksum, installed_by, installed_on,"
            + " execution_time, success FROM flyway_schema_history WHERE version = '1'");
    byte[] before = Files.readAllBytes(file);
    assertThat(refused(Kind.NEWER, () -> Store.open(file)))
        .isEqualTo(
            file + ": version 12 (expected: at most 7); run the newer program that wrote it");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(files()).containsExactly("gatehouse.db");
  }

  @Test
  void aNewerDatabaseThatIsOpenElsewhereIsLeftAsItIsToo() throws Exception {
    meddle(file, "UPDATE flyway_schema_history SET version = '12' WHERE version = '7'");
    try (Connection stranger = Stores.stranger(file);
        var statement = stranger.createStatement()) {
      statement.execute("DELETE FROM firewall_rules");
      byte[] before = Files.readAllBytes(file);
      byte[] log = Files.readAllBytes(folder.resolve("gatehouse.db-wal"));
      refused(Kind.NEWER, () -> Store.open(file));
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
      assertThat(Files.readAllBytes(folder.resolve("gatehouse.db-wal"))).isEqualTo(log);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    Files.writeString(file, "listeners:\n".repeat(1000));
    byte[] before = Files.readAllBytes(file);
    assertThat(refused(Kind.CORRUPT, () -> Store.open(file)))
        .startsWith(file + " is no sound SQLite database; put a snapshot in its place");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(files()).containsExactly("gatehouse.db");
  }

  @ParameterizedTest
  @CsvSource({"50", "4096", "8192", "20000"})
  void aTruncatedDatabaseIsRefused(long size) throws Exception {
    assertThat(Files.size(file)).isGreaterThan(size);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
    refused(Kind.CORRUPT, () -> Store.open(file));
  }

  @Test
  void aDatabaseWithAnOverwrittenPageIsRefused() throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int page = 2; page < Files.size(file) / 4096; page++) {
        channel.write(ByteBuffer.wrap("garbage".getBytes(US_ASCII)), page * 4096L);
      }
    }
    refused(Kind.CORRUPT, () -> Store.open(file));
  }

  @Test
  void theDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws Exception {
    Path other = folder.resolve("other.db");
    Files.createFile(other, StoreFile.NEW);
    meddle(other, "CREATE TABLE bookmarks (url TEXT)");
    byte[] before = Files.readAllBytes(other);
    assertThat(refused(Kind.CORRUPT, () -> Store.open(other)))
        .isEqualTo(
            other
                + ": tables of another program (expected: those of Gatehouse);"
                + " move that file away");
    assertThat(Files.readAllBytes(other)).isEqualTo(before);
  }

  @Test
  void aRowThatBelongsToNoOtherIsRefused() throws Exception {
    meddle(file, "DELETE FROM listeners");
    assertThat(refused(Kind.CORRUPT, () -> Store.open(file)))
        .isEqualTo(
            file + ": routes row 1 belongs to no row of listeners; delete that row with sqlite3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "listeners | addr | 'localhost' | HOST:PORT",
        "listeners | addr | ':443' | [::]:443",
        "listeners | proxy_protocol | 2 | 0 to 1",
        "listeners | max_connections | -1 | 0 to 2147483647",
        "listeners | max_connections | 2147483648 | 0 to 2147483647",
        "listeners | trusted_proxies | '10.0.0.0/8' | a JSON array of text",
        "listeners | trusted_proxies | '[1]' | a JSON array of text",
        "listeners | trusted_proxies | '[\"10.0.0.1/8\"]' | a network such as 10.0.0.0/8",
        "listeners | default_route | 'a b' | a name such as",
        "listeners | no_sni_route | '*' | a name such as",
        "routes | hostname | 'a b' | a name such as",
        "routes | hostname | 'A.org' | a.org",
        "routes | mode | 'l3' | l4, l7",
        "routes | backend | '10.0.0.5' | HOST:PORT",
        "routes | backends | '[]' | at least one, or null",
        "routes | backends | '[\"x\"]' | HOST:PORT",
        "routes | balance | 'random' | round_robin, least_connections",
        "routes | health_interval_ms | -1 | 0 to 2147483647",
        "routes | send_proxy_protocol | 7 | 0 to 1",
        "routes | send_proxy_tlvs | '[\"tls\"]' | authority, alpn, unique_id, ssl, crc32c",
        "routes | send_proxy_tlvs | '' | a JSON array of text",
        "routes | idle_timeout_ms | -1 | 0 to 2147483647",
        "routes | response_header_timeout_ms | -1 | 0 to 2147483647",
        "routes | max_request_body | -1 | 0 to 9223372036854775807",
        "routes | tls_min_version | '1.1' | 1.2, 1.3",
        "routes | backend_protocol | 'h3' | auto, h1, h2c, h2",
        "routes | backend_tls | 2 | 0 to 1",
        "routes | backend_tls_verify | 2 | 0 to 1",
        "l7_policies | type | 'allow' | block_user_agent, require_header",
        "firewall_rules | value | 'nonsense' | an IP address such as",
        "firewall_rules | value | '::ffff:192.0.2.1' | 192.0.2.1",
        "firewall_rules | type | 'asn' | rate_limit, ip, cidr, country",
      })
  void aValueThatMeansNothingIsNamedWithItsRow(
      String table, String column, String value, String expected) throws Exception {
    meddle(file, "UPDATE %s SET %s = %s WHERE id = 1".formatted(table, column, value));
    try (Store store = Store.open(file)) {
      assertThat(refused(Kind.CORRUPT, store::read))
          .startsWith("%s: %s row 1, %s = \"".formatted(file, table, column))
          .contains("(expected: " + expected)
          .endsWith("); correct or delete that row with sqlite3");
      assertThat(store.isEmpty()).as("usable as before").isFalse();
    }
  }

  @Test
  void moreRulesThanThereMayBeAreRefused() throws Exception {
    meddle(
        file,
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)"
            + " INSERT INTO firewall_rules (type, value)"
            + " SELECT 'ip', format('10.%d.%d.%d', i / 65536, i / 256 % 256, i % 256) FROM n");
    try (Store store = Store.open(file)) {
      assertThat(refused(Kind.CORRUPT, store::read))
          .contains("100500 firewall_rules (expected: at most 100000)");
    }
  }

  private List<String> files() throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
