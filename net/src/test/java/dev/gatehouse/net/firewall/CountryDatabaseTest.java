package dev.gatehouse.net.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountryDatabaseTest {

  private static final FirewallRules BLOCKING = new FirewallRules(Set.of(), Set.of(), Set.of("NL"));

  @RegisterExtension final LogGuard logs = new LogGuard();

  @TempDir private Path folder = Path.of("");

  private final EventCounters counters = new EventCounters();
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("countries.mmdb");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, NL",
    "::ffff:192.0.2.1, NL",
    "192.0.3.1,",
    "198.51.100.255, DE",
    "2001:db8:1::1, SE",
    "2001:db9::1,",
    "203.0.113.1, FR",
    "10.0.0.1,",
  })
  void anAddressIsOfTheCountryWhereItIsUsedElseRegistered(String address, String country) {
    MmdbFile.countries()
        .used("192.0.2.0/24", "NL")
        .registered("198.51.100.0/24", "DE")
        .used("2001:db8::/32", "SE")
        .put(
            "203.0.113.0/24",
            Map.of(
                "country", Map.of("iso_code", "FR"),
                "registered_country", Map.of("iso_code", "GB"),
                "continent", Map.of("code", "EU")))
        .put("10.0.0.0/8", Map.of("continent", Map.of("code", "EU")))
        .write(file);
    CountryDatabase database = checked();
    assertThat(database.country(ip(address))).isEqualTo(Optional.ofNullable(country));
  }

  @Test
  void aMissingFileIsAnErrorWhereCountriesAreBlocked() {
    CountryDatabase database = database();
    assertThat(database.check(FirewallRules.NONE)).isEmpty();
    assertThat(database.check(BLOCKING))
        .contains("firewall.geoip_db: " + file + ": no such file; countries are blocked");
    assertThat(database.country(ip("192.0.2.1"))).isEmpty();
  }

  @Test
  void aFileOfAnotherKindIsAnError() {
    new MmdbFile("Test-ASN", 1).write(file);
    assertThat(database().check(BLOCKING))
        .contains(
            "firewall.geoip_db: "
                + file
                + ": type Test-ASN (expected: a database of countries); countries are blocked");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 1000})
  void aFileThatWasCutIsAnError(int length) throws IOException {
    byte[] whole = MmdbFile.countries().used("192.0.2.0/24", "NL").bytes();
    assertThat(whole).hasSizeGreaterThan(1000);
    Files.write(file, Arrays.copyOf(whole, length));
    assertThat(database().check(BLOCKING).orElseThrow())
        .contains(": not readable as a MaxMind database: ");
  }

  @Test
  void damageInsideIsToldOnceAndKnowsNoCountry() throws IOException {
    logs.expect("geoip_damaged");
    MmdbFile.countries().put("192.0.2.0/24", Map.of("country", "a text")).write(file);
    CountryDatabase database = checked();
    assertThat(database.country(ip("192.0.2.1"))).isEmpty();
    assertThat(database.country(ip("192.0.2.1"))).isEmpty();
    assertThat(logs.events("geoip_damaged")).hasSize(1);
  }

  @Test
  void anUnchangedFileIsNotReadAgain() {
    MmdbFile.countries().used("192.0.2.0/24", "NL").write(file);
    CountryDatabase database = checked();
    database.poll();
    assertThat(reloads()).containsEntry("ok", 0.0).containsEntry("error", 0.0);
  }

  @Test
  void aChangedFileTakesOver() {
    MmdbFile.countries().used("192.0.2.0/24", "NL").write(file);
    CountryDatabase database = checked();
    new MmdbFile("Test-Country", 1_800_000_000L)
        .used("192.0.2.0/24", "DE")
        .used("10.0.0.0/8", "SE")
        .write(file);
    database.poll();
    assertThat(database.country(ip("192.0.2.1"))).contains("DE");
    assertThat(reloads()).containsEntry("ok", 1.0);
    Map<Metric, Double> samples = new HashMap<>();
    database.collect((metric, value, labels) -> samples.put(metric, value));
    assertThat(samples)
        .containsExactly(Map.entry(Metric.FIREWALL_GEOIP_BUILD_TIMESTAMP_SECONDS, 1_800_000_000.0));
  }

  @Test
  void aFileThatVanishesOrBreaksLeavesTheOldOneInUseAndIsToldOnce() throws IOException {
    logs.expect("geoip_load_failed");
    MmdbFile.countries().used("192.0.2.0/24", "NL").write(file);
    CountryDatabase database = checked();
    Files.delete(file);
    database.poll();
    database.poll();
    assertThat(database.country(ip("192.0.2.1"))).contains("NL");
    assertThat(database.check(BLOCKING)).as("it still can be kept").isEmpty();
    assertThat(reloads()).containsEntry("error", 1.0);
    assertThat(logs.events("geoip_load_failed")).hasSize(1);
    Files.writeString(file, "rubbish");
    database.poll();
    assertThat(database.country(ip("192.0.2.1"))).contains("NL");
    assertThat(reloads()).containsEntry("error", 2.0);
  }

  @Test
  void looksAtTheFileFromTimeToTime() throws Exception {
    logs.expect("geoip_load_failed");
    CountryDatabase database = database();
    database.start();
    MmdbFile.countries().used("192.0.2.0/24", "NL").write(file);
    Await.until("it is found", () -> database.country(ip("192.0.2.1")).isPresent());
    database.close();
  }

  @Test
  void whoAsksDuringASwapGetsOneVersionOrTheOther() throws Exception {
    MmdbFile.countries().used("192.0.2.0/24", "NL").write(file);
    CountryDatabase database = checked();
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Callable<Integer> asking =
        () -> {
          int asked = 0;
          while (!stop.get()) {
            assertThat(database.country(ip("192.0.2.1")).orElse("none")).isIn("NL", "DEU");
            asked++;
            begun.countDown();
          }
          return asked;
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> asked = threads.submit(asking);
      begun.await();
      for (int i = 0; i < 50; i++) {
        // other sizes, since the clock of the file system may be coarse
        MmdbFile.countries().used("192.0.2.0/24", i % 2 == 0 ? "DEU" : "NL").write(file);
        database.poll();
      }
      stop.set(true);
      assertThat(asked.get()).isPositive();
    }
    assertThat(reloads()).containsEntry("ok", 50.0);
  }

  @Test
  void theFirewallBlocksByTheCountryOfTheFile() {
    MmdbFile.countries().used("192.0.2.0/24", "NL").used("2001:db8::/32", "NL").write(file);
    RuleFirewall firewall = new RuleFirewall(checked(), new ManualTicker(), counters);
    firewall.rules(BLOCKING);
    assertThat(firewall.blockedWithReason(ip("::ffff:192.0.2.9"))).contains(Reason.COUNTRY);
    assertThat(firewall.blockedWithReason(ip("2001:db8::9"))).contains(Reason.COUNTRY);
    assertThat(firewall.blockedWithReason(ip("192.0.3.9"))).isEmpty();
  }

  private CountryDatabase checked() {
    CountryDatabase database = database();
    assertThat(database.check(BLOCKING)).isEmpty();
    return database;
  }

  private CountryDatabase database() {
    return new CountryDatabase(Optional.of(file), Duration.ofMillis(5), counters);
  }

  private Map<String, Double> reloads() {
    Map<String, Double> found = new HashMap<>();
    counters.collect((metric, value, labels) -> found.put(labels[0], value));
    return found;
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
