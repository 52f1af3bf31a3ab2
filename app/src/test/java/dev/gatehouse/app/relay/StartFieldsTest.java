package dev.gatehouse.app.relay;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.relay.view.ConditionView.Mode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartFieldsTest {

  @Test
  void withoutTlsItIsWhereItListens() {
    assertThat(fields(Mode.INSECURE, "insecure_listen = '127.0.0.1:8080'"))
        .containsExactly(entry("mode", "insecure"), entry("listen", "127.0.0.1:8080"));
  }

  @Test
  void withACertificateOfItsOwnItIsForWhomToo() {
    String keys =
        """
        tls_cert = 'relay.pem'
        tls_key = 'relay.key'
        https_listen = '127.0.0.1:8443'
        domain = 'relay.example.org'
        https_proxy_protocol = true
        """;
    assertThat(fields(Mode.STATIC, keys))
        .containsExactly(
            entry("mode", "static"),
            entry("listen", "127.0.0.1:8443"),
            entry("domain", "relay.example.org"),
            entry("https_proxy_protocol", "true"));
  }

  @Test
  void withOneThatItOrdersItIsWhereThatIsKept() {
    String keys = "domain = 'Relay.example.org'\ncert_cache = '/var/lib/relay/certs'";
    assertThat(fields(Mode.AUTOCERT, keys))
        .containsExactly(
            entry("mode", "autocert"),
            entry("domain", "relay.example.org"),
            entry("cert_cache", "/var/lib/relay/certs"),
            entry("https_proxy_protocol", "false"));
  }

  private static Map<String, String> fields(Mode mode, String keys) {
    return StartFields.of(mode, config("[relay]\n" + keys).relay().listen());
  }

  private static GatehouseConfig config(String toml) {
    return switch (ConfigFile.read("gatehouse.toml", toml, Map.of())) {
      case ConfigResult.Loaded<GatehouseConfig> loaded -> loaded.value();
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }
}
