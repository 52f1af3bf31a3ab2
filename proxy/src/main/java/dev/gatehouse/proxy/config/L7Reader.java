package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.route.TlsVersion;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads the keys of a route that only matter where the proxy speaks TLS with clients. */
final class L7Reader {

  private static final String ONLY_L7 = "has no effect with mode = l4, which does not see HTTP";

  private L7Reader() {}

  static L7Settings read(Section route) {
    return new L7Settings(
        route.text("tls_cert", "the certificate chain, leaf first (PEM)").orElse(""),
        route.text("tls_key", "its private key (PEM)").orElse(""),
        backendTls(route),
        route
            .choice(
                "backend_protocol",
                "what is spoken with the backend; l7 only",
                BackendProtocol.class,
                BackendProtocol::label)
            .orElse(BackendProtocol.AUTO),
        route
            .choice(
                "tls_min_version",
                "the oldest TLS from clients, instead of that of the proxy",
                TlsVersion.class,
                TlsVersion::label)
            .optional(),
        route
            .duration("response_header_timeout", "for the head of a response; 0 = never")
            .range(Duration.ofMillis(1), Duration.ofHours(24))
            .orZero()
            .optional(),
        route.size("max_request_body", "of one request; 0 = no limit").optional(),
        policies(route));
  }

  private static Optional<BackendTls> backendTls(Section route) {
    boolean on = route.flag("backend_tls", "speak TLS with the backend; l7 only").orElse(false);
    BackendTls tls =
        new BackendTls(
            route.flag("backend_tls_verify", "whether its certificate must be right").orElse(true),
            route
                .text("backend_tls_ca", "certificates to trust, instead of the system's (PEM)")
                .orElse(""),
            route.text("backend_tls_name", "the name that it must prove").orElse(""));
    if (!on && !tls.equals(BackendTls.VERIFIED)) {
      route.refuse("backend_tls", "true wherever backend_tls_verify, _ca or _name is given");
    }
    return on ? Optional.of(tls) : Optional.empty();
  }

  private static List<L7Policy> policies(Section route) {
    List<L7Policy> policies =
        route.tables(
            "l7_policies",
            "what is asked of requests, in order",
            L7Policy.MAX_PER_ROUTE,
            PolicyReader::read);
    if (new HashSet<>(policies).size() < policies.size()) {
      route.reject("l7_policies", "a policy is there twice; remove one");
      return policies.stream().distinct().toList();
    }
    return policies;
  }

  /** What a route may not be, or probably is not meant to be. */
  static void check(Section table, Route route) {
    L7Settings l7 = route.l7();
    if (l7.certificate().isEmpty() != l7.key().isEmpty()) {
      table.refuse(l7.key().isEmpty() ? "tls_key" : "tls_cert", "a file beside the other of both");
    }
    switch (route.mode()) {
      case L4 -> {
        checkL4(table, l7);
        if (route.header().filter(told -> told.contains(SentTlv.SSL)).isPresent()) {
          table.refuse("send_proxy_tlvs", "no ssl, since L4 passes the client's own TLS through");
        }
      }
      case L7 -> checkL7(table, route);
    }
  }

  private static void checkL4(Section table, L7Settings l7) {
    if (l7.backendTls().isPresent()) {
      table.refuse("backend_tls", "false, since L4 passes the client's own TLS through");
    }
    if (l7.backendProtocol() != BackendProtocol.AUTO) {
      table.refuse("backend_protocol", "auto, since L4 does not see HTTP; use mode = l7");
    }
    warnIf(!l7.certificate().isEmpty(), table, "tls_cert");
    warnIf(l7.tlsMinVersion().isPresent(), table, "tls_min_version");
    warnIf(l7.responseHeaderTimeout().isPresent(), table, "response_header_timeout");
    warnIf(l7.maxRequestBody().isPresent(), table, "max_request_body");
    warnIf(!l7.policies().isEmpty(), table, "l7_policies");
  }

  private static void checkL7(Section table, Route route) {
    L7Settings l7 = route.l7();
    if (l7.certificate().isEmpty() && l7.key().isEmpty()) {
      table.refuse("tls_cert", "a certificate, with tls_key, since mode = l7");
    }
    boolean tls = l7.backendTls().isPresent();
    if (route.isInTheOpen()) {
      table.warn("backend_tls", "false, so what clients sent by TLS crosses the internet in clear");
    }
    if (l7.backendTls().filter(told -> !told.verify()).isPresent()) {
      table.warn("backend_tls_verify", "false, so whoever answers for the backend may read along");
    }
    if (tls && l7.backendProtocol() == BackendProtocol.H2C) {
      table.refuse("backend_protocol", "h2 where backend_tls is true");
    }
    if (!tls && l7.backendProtocol() == BackendProtocol.H2) {
      table.refuse("backend_protocol", "h2c where backend_tls is false");
    }
  }

  private static void warnIf(boolean given, Section table, String key) {
    if (given) {
      table.warn(key, ONLY_L7);
    }
  }
}
