package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.net.firewall.FirewallConfig;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One of {@code [[tracker.http]]}.
 *
 * @param guard whom it lets in, and who may send a PROXY header
 * @param trustedProxies who may say for whom they ask
 * @param realIpHeader the header in which they say it; empty text: none
 * @param tls the certificate, where TLS is spoken
 */
public record HttpFrontendConfig(
    Endpoint address,
    boolean reusePort,
    Guard guard,
    List<Cidr> trustedProxies,
    String realIpHeader,
    Optional<Tls> tls,
    HttpTimes times,
    int maxHeaderSize,
    boolean keepAlive,
    RouteLists routes,
    RequestRules rules) {

  static final Endpoint DEFAULT_ADDRESS = new Endpoint(IpAddress.ANY_IPV6, 6969);

  private static final int MAX_CONNECTIONS = 262_144;
  private static final int MOST_SCRAPED = 1_000;

  /** Where the certificate chain and its key are, both in PEM. */
  public record Tls(Path certificate, Path key) {}

  public HttpFrontendConfig {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** The same at another address. */
  HttpFrontendConfig at(Endpoint other) {
    return with(other, reusePort, tls);
  }

  /** The same with files that are found from that folder, if they were not to be found alone. */
  HttpFrontendConfig in(Path folder) {
    return with(
        address,
        reusePort,
        tls.map(files -> new Tls(folder.resolve(files.certificate), folder.resolve(files.key))));
  }

  /** The same with what belongs to the socket as another has it. */
  public HttpFrontendConfig withSocketOf(HttpFrontendConfig other) {
    Optional<Tls> kept = other.tls.isPresent() && tls.isEmpty() ? other.tls : tls;
    return with(other.address, other.reusePort, other.tls.isPresent() ? kept : Optional.empty());
  }

  private HttpFrontendConfig with(
      Endpoint otherAddress, boolean otherReusePort, Optional<Tls> otherTls) {
    return new HttpFrontendConfig(
        otherAddress,
        otherReusePort,
        guard,
        trustedProxies,
        realIpHeader,
        otherTls,
        times,
        maxHeaderSize,
        keepAlive,
        routes,
        rules);
  }

  static HttpFrontendConfig read(Section listener) {
    Endpoint address =
        listener
            .value("addr", "where it listens", ListenAddress.EXPECTED, ListenAddress::parse)
            .orElse(DEFAULT_ADDRESS);
    List<Cidr> trusted =
        FirewallConfig.networks(
            listener,
            "trusted_proxies",
            "networks that may send the PROXY header and the real-IP header");
    HttpFrontendConfig config =
        new HttpFrontendConfig(
            address,
            listener.flag("reuse_port", "several listeners may share the port").orElse(false),
            guard(listener, trusted),
            trusted,
            listener
                .text("real_ip_header", "the header in which proxies name the client")
                .matching(text -> text.matches("[A-Za-z0-9-]{0,64}"), "the name of a header")
                .orElse(""),
            tls(listener),
            HttpTimes.read(listener),
            listener
                .size("max_header_size", "of one request")
                .range(4 * 1024, 64 * 1024)
                .orElse(16 * 1024),
            listener.flag("keepalive", "connections may bring several requests").orElse(true),
            RouteLists.read(listener),
            RequestRules.read(listener, MOST_SCRAPED));
    config.check(listener);
    return config;
  }

  private static Guard guard(Section listener, List<Cidr> trusted) {
    boolean header =
        listener
            .flag("proxy_protocol", "each connection must begin with a PROXY header")
            .orElse(false);
    int most =
        listener
            .integer("max_connections", "most connections at a time")
            .range(1, 10_000_000)
            .orElse(MAX_CONNECTIONS);
    return new Guard(header, header ? trusted : List.of(), most);
  }

  private static Optional<Tls> tls(Section listener) {
    boolean on = listener.flag("tls", "speak HTTPS").orElse(false);
    String certificate =
        listener.text("tls_cert", "the certificate chain, leaf first (PEM)").orElse("");
    String key = listener.text("tls_key", "its private key (PEM)").orElse("");
    if (!on) {
      warnIf(!certificate.isEmpty(), listener, "tls_cert");
      warnIf(!key.isEmpty(), listener, "tls_key");
      return Optional.empty();
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      listener.reject(
          certificate.isEmpty() ? "tls_cert" : "tls_key",
          "tls certificate/key not provided (expected: both, since tls = true)");
    }
    return Optional.of(new Tls(Path.of(certificate), Path.of(key)));
  }

  private static void warnIf(boolean given, Section listener, String key) {
    if (given) {
      listener.warn(key, "has no effect without tls = true");
    }
  }

  private void check(Section listener) {
    if (!realIpHeader.isEmpty() && trustedProxies.isEmpty()) {
      listener.refuse(
          "trusted_proxies",
          "the networks that may send real_ip_header, such as [\"127.0.0.0/8\", \"::1/128\"]:"
              + " else anybody could name any peer");
    }
    if (realIpHeader.isEmpty() && !guard.proxyProtocol() && !trustedProxies.isEmpty()) {
      listener.warn("trusted_proxies", "has no effect without real_ip_header or proxy_protocol");
    }
  }
}
