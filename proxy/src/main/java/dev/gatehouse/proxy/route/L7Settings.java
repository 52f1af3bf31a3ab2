package dev.gatehouse.proxy.route;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a route needs where the proxy speaks TLS and HTTP; without effect on an L4 route.
 *
 * @param certificate the file of the chain, leaf first; empty: none
 * @param key the file of its private key; empty: none
 * @param backendTls empty: cleartext to the backend
 * @param tlsMinVersion empty: that of the proxy
 * @param responseHeaderTimeout empty: that of the proxy
 * @param maxRequestBody in bytes, 0 without limit; empty: that of the proxy
 * @param policies each once, in the order in which they are asked
 */
public record L7Settings(
    String certificate,
    String key,
    Optional<BackendTls> backendTls,
    BackendProtocol backendProtocol,
    Optional<TlsVersion> tlsMinVersion,
    Optional<Duration> responseHeaderTimeout,
    OptionalLong maxRequestBody,
    List<L7Policy> policies) {

  /** What a route has that asks for nothing. */
  public static final L7Settings NONE =
      new L7Settings(
          "",
          "",
          Optional.empty(),
          BackendProtocol.AUTO,
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          List.of());

  public L7Settings {
    policies = List.copyOf(policies);
  }

  /** The same with another certificate. */
  public L7Settings withCertificate(String chain, String itsKey) {
    return new L7Settings(
        chain,
        itsKey,
        backendTls,
        backendProtocol,
        tlsMinVersion,
        responseHeaderTimeout,
        maxRequestBody,
        policies);
  }

  /** The same with files that are found from that folder, if they were not to be found alone. */
  public L7Settings in(Path folder) {
    return new L7Settings(
        in(folder, certificate),
        in(folder, key),
        backendTls.map(
            tls -> new BackendTls(tls.verify(), in(folder, tls.authorities()), tls.name())),
        backendProtocol,
        tlsMinVersion,
        responseHeaderTimeout,
        maxRequestBody,
        policies);
  }

  private static String in(Path folder, String file) {
    return file.isEmpty() ? file : folder.resolve(file).normalize().toString();
  }

  /** The same with other policies. */
  public L7Settings withPolicies(List<L7Policy> others) {
    return new L7Settings(
        certificate,
        key,
        backendTls,
        backendProtocol,
        tlsMinVersion,
        responseHeaderTimeout,
        maxRequestBody,
        others);
  }
}
