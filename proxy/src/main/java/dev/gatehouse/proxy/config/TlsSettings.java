package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.proxy.route.TlsVersion;
import java.time.Duration;

/**
 * How TLS is spoken with clients, and what is asked of certificates.
 *
 * @param minimum of routes that have none of their own
 * @param handshakeTimeout from the ClientHello to the end of the handshake
 * @param requireChain whether a public authority's certificate must come with its issuer's
 * @param pollInterval between two looks at the files of certificates
 * @param expiryWarning how long before the end of a certificate people are told
 */
public record TlsSettings(
    TlsVersion minimum,
    Duration handshakeTimeout,
    boolean requireChain,
    Duration pollInterval,
    Duration expiryWarning) {

  static TlsSettings read(Section proxy) {
    return new TlsSettings(
        proxy
            .choice(
                "tls_min_version",
                "the oldest TLS from clients of l7 routes",
                TlsVersion.class,
                TlsVersion::label)
            .orElse(TlsVersion.TLS_1_3),
        proxy
            .duration("tls_handshake_timeout", "from the ClientHello to the end of the handshake")
            .orElse(Duration.ofSeconds(10)),
        proxy
            .flag("tls_require_chain", "whether certificates must come with those above them")
            .orElse(true),
        proxy
            .duration("cert_poll_interval", "between two looks at the files of certificates")
            .range(Duration.ofSeconds(1), Duration.ofHours(1))
            .orElse(Duration.ofSeconds(30)),
        proxy
            .duration("cert_expiry_warning", "how long before a certificate ends it is told")
            .range(Duration.ofHours(1), Duration.ofDays(365))
            .orElse(Duration.ofDays(14)));
  }
}
