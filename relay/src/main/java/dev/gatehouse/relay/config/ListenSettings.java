package dev.gatehouse.relay.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.net.firewall.FirewallConfig;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.ServerContext.MinimumVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the relay listens, and as whom.
 *
 * @param address of the one listener
 * @param certificate what TLS shows; empty: there is no TLS
 * @param autocert how that is ordered from an authority; empty: others see to it
 * @param domain the one host that is served; empty: any
 * @param proxyProtocol whether each connection must begin with a PROXY header
 * @param trustedProxies who may say for whom it speaks; empty: anybody
 */
public record ListenSettings(
    Endpoint address,
    Optional<CertificateFiles> certificate,
    Optional<Autocert> autocert,
    MinimumVersion minimumVersion,
    String domain,
    boolean proxyProtocol,
    Duration proxyHeaderTimeout,
    List<Cidr> trustedProxies,
    boolean trustForwarded) {

  private static final Endpoint HTTPS = new Endpoint(IpAddress.ANY_IPV6, 443);
  private static final Endpoint BUILT_IN = new Endpoint(IpAddress.ipv4(0x7f00_0001), 8080);

  /** A shorter time is a client's whose first segment was lost. */
  private static final Duration LEAST_HEADER_TIMEOUT = Duration.ofMillis(1);

  /** What is told where there is no way in at all. */
  public static final String NOWHERE =
      "neither insecure_listen nor domain nor tls_cert and tls_key are set; expected one of them";

  /** What is told of each key that means nothing without TLS, beside an address without it. */
  public static final String NOT_WITH_INSECURE =
      "cannot be combined with insecure_listen; remove one";

  private static final List<String> NOT_WITHOUT_TLS =
      List.of("http_listen", "https_listen", "https_proxy_protocol", "tls_cert");

  private static final int MAX_DOMAIN = 253;
  private static final Pattern DOMAIN =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9-]{1,63}");

  public ListenSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  static ListenSettings read(Section relay, Path certificates) {
    Optional<Endpoint> insecure =
        relay
            .value(
                "insecure_listen",
                "where it listens without TLS, behind a front or for development",
                ListenAddress.EXPECTED,
                ListenAddress::parse)
            .optional();
    Endpoint https =
        relay
            .value(
                "https_listen",
                "where it listens with TLS",
                ListenAddress.EXPECTED,
                ListenAddress::parse)
            .orElse(HTTPS);
    Optional<CertificateFiles> files = files(relay);
    String domain = domain(relay);
    Autocert ordered = Autocert.read(relay, domain, certificates);
    checkMode(relay, insecure, files, domain);
    boolean orders = insecure.isEmpty() && files.isEmpty() && !domain.isEmpty();
    return new ListenSettings(
        insecure.orElse(relay.isBuiltIn() && !orders ? BUILT_IN : https),
        insecure.isPresent() ? Optional.empty() : orders ? Optional.of(ordered.files()) : files,
        orders ? Optional.of(ordered) : Optional.empty(),
        minimumVersion(relay),
        domain,
        relay
            .flag("https_proxy_protocol", "each TLS connection must begin with a PROXY header")
            .orElse(false),
        headerTimeout(relay),
        FirewallConfig.networks(
            relay, "trusted_proxies", "networks that may say for whom they speak; empty: any"),
        relay
            .flag("trust_x_forwarded_for", "believe what proxies say of their clients")
            .orElse(false));
  }

  private static Duration headerTimeout(Section relay) {
    return relay
        .duration("proxy_header_timeout", "for a whole PROXY header, from accept")
        .range(LEAST_HEADER_TIMEOUT, Duration.ofMinutes(5))
        .orElse(Duration.ofSeconds(5));
  }

  /** Whether strangers on the way can read along. */
  public boolean isPlain() {
    return certificate.isEmpty();
  }

  ListenSettings in(Path folder) {
    return new ListenSettings(
        address,
        certificate.map(
            files ->
                new CertificateFiles(folder.resolve(files.chain()), folder.resolve(files.key()))),
        autocert,
        minimumVersion,
        domain,
        proxyProtocol,
        proxyHeaderTimeout,
        trustedProxies,
        trustForwarded);
  }

  private static Optional<CertificateFiles> files(Section relay) {
    Optional<String> chain = relay.text("tls_cert", "certificate and its chain, PEM").optional();
    Optional<String> key = relay.text("tls_key", "its private key, PEM").optional();
    if (chain.isPresent() != key.isPresent()) {
      relay.refuse(
          chain.isPresent() ? "tls_key" : "tls_cert", "both tls_cert and tls_key, or none");
    }
    return chain.flatMap(
        file -> key.map(other -> new CertificateFiles(Path.of(file), Path.of(other))));
  }

  private static void checkMode(
      Section relay, Optional<Endpoint> insecure, Optional<CertificateFiles> files, String domain) {
    boolean nowhere = insecure.isEmpty() && files.isEmpty() && domain.isEmpty();
    if (nowhere && relay.isPresent() && !relay.isBuiltIn()) {
      relay.reject("insecure_listen", NOWHERE);
    }
    if (files.isPresent() && relay.has("http_listen")) {
      relay.warn("http_listen", "ignored, since the certificate is in tls_cert");
    }
    if (insecure.isPresent()) {
      if (!domain.isEmpty()) {
        relay.warn("domain", "ignored, since insecure_listen is set");
      }
      NOT_WITHOUT_TLS.stream()
          .filter(relay::has)
          .forEach(key -> relay.reject(key, NOT_WITH_INSECURE));
    }
  }

  private static String domain(Section relay) {
    return relay
        .text("domain", "the one host that is served; empty: any")
        .matching(
            text ->
                text.isEmpty() || (text.length() <= MAX_DOMAIN && DOMAIN.matcher(text).matches()),
            "a DNS name in ASCII without a port")
        .orElse("");
  }

  private static MinimumVersion minimumVersion(Section relay) {
    return relay
        .choice(
            "tls_min_version",
            "the oldest version of TLS that is spoken",
            MinimumVersion.class,
            ListenSettings::label)
        .orElse(MinimumVersion.TLS_1_2);
  }

  private static String label(MinimumVersion version) {
    return switch (version) {
      case TLS_1_2 -> "1.2";
      case TLS_1_3 -> "1.3";
    };
  }
}
