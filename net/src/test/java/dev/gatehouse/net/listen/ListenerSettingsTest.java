package dev.gatehouse.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerSettingsTest {

  @Test
  void aListenerIsDirectAndUnlimitedUnlessItIsTold() {
    assertThat(loaded("").value()).isEqualTo(new Guard(false, List.of(), 0));
  }

  @Test
  void everyKeyCanBeSet() {
    Loaded<Guard> loaded =
        loaded(
            """
            proxy_protocol = true
            trusted_proxies = ["10.0.0.0/8", "2001:db8::/32"]
            max_connections = 100
            """);
    assertThat(loaded.value())
        .isEqualTo(
            new Guard(
                true, List.of(new Cidr(ip("10.0.0.0"), 8), new Cidr(ip("2001:db8::"), 32)), 100));
    assertThat(loaded.warnings()).isEmpty();
  }

  @Test
  void trustWithoutAHeaderIsWarnedOf() {
    assertThat(loaded("trusted_proxies = [\"10.0.0.0/8\"]").warnings())
        .singleElement()
        .asString()
        .contains("has no effect without proxy_protocol = true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "trusted_proxies = ['10.0.0.1/8']|'10.0.0.1/8': expected 10.0.0.0/8",
        "trusted_proxies = ['edge.example.org']|expected a network such as",
        "proxy_protocol = 'yes'|expected true or false",
        "max_connections = -1|max_connections",
      })
  void saysWhatIsWrong(String line, String problem) {
    ConfigResult<Guard> result = read(line.replace('\'', '"'));
    assertThat(result).isInstanceOf(Refused.class);
    assertThat(((Refused<Guard>) result).problems())
        .singleElement()
        .asString()
        .contains(problem.replace('\'', '"'));
  }

  @Test
  void aListenerOfDirectClientsNeedsNoGuard() {
    var settings =
        new ListenerSettings(
            "ops.listen", "ops", new Endpoint(ip("127.0.0.1"), 0), 16, 7, Duration.ZERO);
    assertThat(settings.guard()).isEqualTo(new Guard(false, List.of(), 7));
    assertThat(settings.proxyHeaderTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  private static Loaded<Guard> loaded(String toml) {
    ConfigResult<Guard> result = read(toml);
    assertThat(result).isInstanceOf(Loaded.class);
    return (Loaded<Guard>) result;
  }

  private static ConfigResult<Guard> read(String toml) {
    return Configuration.of(root -> Guard.read(root.section("listener", "A listener.")))
        .read(ConfigSource.text("gatehouse.toml", "[listener]\n" + toml));
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
