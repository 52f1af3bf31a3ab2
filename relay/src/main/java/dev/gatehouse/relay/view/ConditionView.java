package dev.gatehouse.relay.view;

import dev.gatehouse.net.tls.CertificateView;
import java.util.Optional;

/**
 * How the relay runs.
 *
 * @param domain the one host that is served; empty: any
 * @param certificate empty if there is no TLS
 * @param pushesInFlight empty if devices are not woken
 */
public record ConditionView(
    Mode mode,
    String domain,
    Optional<CertificateView> certificate,
    Optional<Integer> pushesInFlight) {

  /** What its listener speaks. */
  public enum Mode {
    /** No TLS: behind a front, or for development. */
    INSECURE,
    /** TLS with a certificate from files. */
    STATIC,
    /** TLS with a certificate that it orders itself. */
    AUTOCERT
  }
}
