package dev.gatehouse.app.dropin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The flags of the relay's predecessor, and the key of the configuration that each stands for. */
enum RelayFlag {
  DOMAIN("relay.domain", "NAME", "the one host that is served, with TLS"),
  CERT_CACHE("relay.cert_cache", "FOLDER", "where its certificates are kept"),
  INSECURE_LISTEN("relay.insecure_listen", "ADDRESS", "without TLS, behind a front"),
  HTTPS_LISTEN("relay.https_listen", "ADDRESS", "with TLS (default :443)"),
  HTTP_LISTEN("relay.http_listen", "ADDRESS", "for the authority's questions (default :80)"),
  METRICS_LISTEN("ops.listen", "ADDRESS", "on loopback (default 127.0.0.1:9090); empty: off"),
  TRUST_X_FORWARDED_FOR("relay.trust_x_forwarded_for", "", "believe what proxies say of clients"),
  HTTPS_PROXY_PROTOCOL("relay.https_proxy_protocol", "", "PROXY header before TLS, version 2"),
  MAX_CONNECTIONS("relay.max_connections", "NUMBER", "of all peers together (default 20)");

  private final String key;
  private final String value;
  private final String meaning;

  RelayFlag(String key, String value, String meaning) {
    this.key = key;
    this.value = value;
    this.meaning = meaning;
  }

  /** The one of that name, written without dashes. */
  static Optional<RelayFlag> named(String name) {
    return Arrays.stream(values()).filter(flag -> flag.label().equals(name)).findFirst();
  }

  /** Its name without dashes. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As operators write it, and as errors name it. */
  String written() {
    return "--" + label();
  }

  String key() {
    return key;
  }

  /** Whether it is on by being there. */
  boolean isSwitch() {
    return value.isEmpty();
  }

  /** Its line of the help. */
  String help() {
    return "  %-29s %s".formatted(isSwitch() ? written() : written() + ' ' + value, meaning);
  }
}
