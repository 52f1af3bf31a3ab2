package dev.gatehouse.net.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirewallConfigTest {

  @Test
  void theDefaultsBlockNobody() {
    assertThat(loaded(""))
        .isEqualTo(
            new FirewallConfig(
                FirewallRules.NONE,
                Optional.empty(),
                Duration.ofSeconds(60),
                new RateLimit(0, Duration.ofSeconds(10), 65536),
                0));
  }

  @Test
  void everyKeyCanBeSet() {
    assertThat(
            loaded(
                """
                blocked_ips = ["192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"]
                blocked_cidrs = ["10.0.0.0/8", "2001:db8::/32", "10.0.0.0/8"]
                blocked_countries = ["nl", "XK", "NL"]
                geoip_db = "/var/lib/countries.mmdb"
                geoip_poll_interval = "5m"
                rate_limit = 20
                rate_window = "1m"
                rate_table_size = 1000
                max_connections_per_address = 50
                """))
        .isEqualTo(
            new FirewallConfig(
                new FirewallRules(
                    Set.of(ip("192.0.2.1"), ip("2001:db8::1")),
                    Set.of(new Cidr(ip("10.0.0.0"), 8), new Cidr(ip("2001:db8::"), 32)),
                    Set.of("NL", "XK")),
                Optional.of(Path.of("/var/lib/countries.mmdb")),
                Duration.ofMinutes(5),
                new RateLimit(20, Duration.ofMinutes(1), 1000),
                50));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "blocked_ips = ['example.org']|expected an IP address such as",
        "blocked_ips = ['10.0.0.0/8']|expected an IP address such as",
        "blocked_cidrs = ['10.0.0.1/8']|'10.0.0.1/8': expected 10.0.0.0/8",
        "blocked_cidrs = ['10.0.0.1']|'10.0.0.1': expected a network such as 10.0.0.0/8",
        "blocked_cidrs = ['::ffff:10.0.0.0/104']|'::ffff:10.0.0.0/104': expected 10.0.0.0/8",
        "blocked_countries = ['UK']|expected an ISO 3166-1 code of two letters",
        "blocked_countries = ['NLD']|expected an ISO 3166-1 code of two letters",
        "blocked_countries = ['NL']|expected the path of a country database",
        "geoip_poll_interval = '500ms'|geoip_poll_interval",
        "rate_limit = 1000001|rate_limit",
        "rate_limit = -1|rate_limit",
        "rate_window = '2h'|rate_window",
        "rate_window = '0s'|rate_window",
        "rate_table_size = 0|rate_table_size",
        "rate_table_size = 16777217|rate_table_size",
        "max_connections_per_address = -1|max_connections_per_address",
        "rate = 1|unknown key",
      })
  void saysWhatIsWrong(String line, String problem) {
    assertThat(refused(line.replace('\'', '"')))
        .singleElement()
        .asString()
        .contains(problem.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate_limit = 1000000",
        "rate_window = \"1h\"",
        "rate_window = \"100ms\"",
        "rate_table_size = 1",
        "rate_table_size = 16777216",
        "geoip_poll_interval = \"1s\"",
      })
  void takesWhatIsAtALimit(String line) {
    assertThat(read(line)).isInstanceOf(Loaded.class);
  }

  @Test
  void moreRulesThanThereMayBeAreRefused() {
    String most =
        IntStream.range(0, FirewallRules.MAX_RULES)
            .mapToObj(i -> (i % 64 == 0 ? "\n\"" : "\"") + IpAddress.ipv6(0, i) + '"')
            .collect(Collectors.joining(","));
    assertThat(loaded("blocked_ips = [" + most + "]").rules().addresses()).hasSize(100_000);
    assertThat(refused("blocked_ips = [" + most + ",\"10.0.0.1\"]"))
        .singleElement()
        .asString()
        .contains("expected at most 100000 rules of all kinds");
  }

  private static FirewallConfig loaded(String toml) {
    ConfigResult<FirewallConfig> result = read(toml);
    assertThat(result).isInstanceOf(Loaded.class);
    return ((Loaded<FirewallConfig>) result).value();
  }

  private static List<String> refused(String toml) {
    ConfigResult<FirewallConfig> result = read(toml);
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused<FirewallConfig>) result).problems().stream().map(Object::toString).toList();
  }

  private static ConfigResult<FirewallConfig> read(String toml) {
    return Configuration.of(root -> FirewallConfig.read(root.section("firewall", "Who may come.")))
        .read(ConfigSource.text("gatehouse.toml", "[firewall]\n" + toml));
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
