package dev.gatehouse.control.proxy;

import dev.gatehouse.control.Rules;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.TlsVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Routes that no request can make yet. */
final class Samples {

  private Samples() {}

  static Route l7() {
    return Rules.l7(
        Rules.l4("www.example.org", "10.0.0.8:8443"),
        new L7Settings(
            "/etc/www.pem",
            "/etc/www.key",
            Optional.of(new BackendTls(false, "/etc/ca.pem", "inside")),
            BackendProtocol.H2,
            Optional.of(TlsVersion.TLS_1_2),
            Optional.of(Duration.ofSeconds(7)),
            OptionalLong.of(1 << 20),
            List.of(Rules.BAD_BOT)));
  }
}
