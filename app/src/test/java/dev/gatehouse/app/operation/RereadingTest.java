package dev.gatehouse.app.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.tree.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RereadingTest {

  private static final String FILE =
      """
      [ops]
      [firewall]
      [proxy]
      [[proxy.listeners]]
      addr = "127.0.0.1:8443"
      [relay]
      insecure_listen = "127.0.0.1:8080"
      [tracker]
      [tracker.limits]
      [tracker.storage]
      config.shard_count = 1
      [[tracker.http]]
      addr = "127.0.0.1:6969"
      [[tracker.udp]]
      addr = "127.0.0.1:6969"
      """;

  @Test
  void theSameIsNoDifference() {
    assertThat(between(FILE, FILE)).isEqualTo(new Rereading(List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "[ops],shutdown_timeout = \"9s\",ops.shutdown_timeout",
    "[ops],drain_delay = \"9s\",ops.drain_delay",
    "[firewall],rate_limit = 7,firewall.rate_limit",
    "[firewall],rate_window = \"9s\",firewall.rate_window",
    "[firewall],max_connections_per_address = 7,firewall.max_connections_per_address",
    "[firewall],geoip_db = \"some.mmdb\",firewall.geoip_db",
    "[relay],max_connections = 7,relay.max_connections",
    "[relay],grace = \"9s\",relay.grace",
    "[relay],push = { burst = 7 },relay.push.burst",
    "[proxy],idle_timeout = \"9s\",proxy.idle_timeout",
    "[proxy],relay = \"copy\",proxy.relay",
    "[proxy],access_log = \"off\",proxy.access_log",
    "[tracker],announce_interval = \"25m\",tracker.announce_interval",
    "[tracker.limits],max_peers = 7,tracker.limits.max_peers",
    "[tracker.storage],config.peer_lifetime = \"9h\",tracker.storage.config.peer_lifetime",
    "[[tracker.http]],keepalive = false,tracker.http[0].keepalive",
    "[[tracker.http]],max_connections = 7,tracker.http[0].max_connections",
    "[[tracker.udp]],connection_ttl = \"1m\",tracker.udp[0].connection_ttl"
  })
  void whatNewConnectionsFollowIsLive(String section, String line, String key) {
    Rereading rereading = between(FILE, FILE.replace(section + "\n", section + "\n" + line + "\n"));
    assertThat(rereading).isEqualTo(new Rereading(List.of(key), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "[ops],listen = \"\",ops.listen",
    "[ops],state = \"elsewhere\",'ops.control, ops.state, relay.cert_cache'",
    "[ops],production = true,ops.production",
    "[relay],legacy_metric_names = true,relay.legacy_metric_names",
    "[relay],domain = \"relay.example.org\",relay.domain",
    "[proxy],backlog = 9,proxy.backlog",
    "[proxy],reuse_port = true,proxy.reuse_port",
    "[tracker.storage],config.gc_interval = \"9m\",tracker.storage.config.gc_interval",
    "[[tracker.http]],reuse_port = true,tracker.http[0].reuse_port",
    "[[tracker.udp]],workers = 7,tracker.udp[0].workers",
    "[[tracker.udp]],receive_buffer = \"1MiB\",tracker.udp[0].receive_buffer"
  })
  void whatBelongsToSocketsAndFoldersWaits(String section, String line, String keys) {
    Rereading rereading = between(FILE, FILE.replace(section + "\n", section + "\n" + line + "\n"));
    assertThat(rereading).isEqualTo(new Rereading(List.of(), List.of(keys.split(", ", -1))));
  }

  @Test
  void aPortAtAnotherAddressWaitsWhole() {
    String other = FILE.replaceFirst("6969\"", "6970\"\nkeepalive = false");
    assertThat(between(FILE, other))
        .isEqualTo(
            new Rereading(List.of(), List.of("tracker.http[0].addr", "tracker.http[0].keepalive")));
  }

  @Test
  void whatTheDatabaseRulesIsNeither() {
    String other =
        FILE.replace("8443", "8444")
            .replace("[firewall]\n", "[firewall]\nblocked_ips = [\"::1\"]\n");
    assertThat(between(FILE, other)).isEqualTo(new Rereading(List.of(), List.of()));
  }

  @Test
  void aServiceThatComesOrGoesWaitsWhole() {
    String without = "[ops]\n[firewall]\n";
    assertThat(between(FILE, without).live()).isEmpty();
    assertThat(between(FILE, without).restart())
        .contains("proxy.idle_timeout", "proxy.relay", "relay.grace");
    assertThat(between(without, FILE)).isEqualTo(between(FILE, without));
  }

  private static Rereading between(String before, String after) {
    return Rereading.between(effective(before), effective(after));
  }

  private static Node.Table effective(String toml) {
    return switch (ConfigFile.read("gatehouse.toml", toml, Map.of())) {
      case Loaded<GatehouseConfig> loaded -> loaded.effective();
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }
}
