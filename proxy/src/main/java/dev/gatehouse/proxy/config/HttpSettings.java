package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.net.firewall.FirewallConfig;
import dev.gatehouse.proxy.http.forward.ForwardingRules;
import dev.gatehouse.proxy.http.forward.ForwardingRules.Style;
import dev.gatehouse.wire.http.Grammar;

/** What all routes share on which the proxy speaks TLS and HTTP itself. */
public record HttpSettings(
    TlsSettings tls,
    RequestLimits requests,
    HttpTimeouts timeouts,
    Http2Limits http2,
    PoolSettings pool,
    ForwardingRules forwarding) {

  static HttpSettings read(Section proxy) {
    return new HttpSettings(
        TlsSettings.read(proxy),
        RequestLimits.read(proxy),
        HttpTimeouts.read(proxy),
        Http2Limits.read(proxy),
        PoolSettings.read(proxy),
        forwarding(proxy));
  }

  private static ForwardingRules forwarding(Section proxy) {
    return new ForwardingRules(
        CidrSet.of(
            FirewallConfig.networks(
                proxy, "trusted_forwarders", "networks whose forwarding fields are believed")),
        proxy
            .choice("forwarded_headers", "which of them backends get", Style.class, Style::label)
            .orElse(Style.BOTH),
        proxy
            .text("request_id_header", "the field that names a request; empty = none")
            .matching(
                name -> name.isEmpty() || Grammar.isToken(name), "the name of a field, or nothing")
            .orElse("X-Request-Id"));
  }
}
