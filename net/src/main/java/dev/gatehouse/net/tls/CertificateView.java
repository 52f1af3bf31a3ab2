package dev.gatehouse.net.tls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate as operators see it.
 *
 * @param name under which it is kept
 * @param served empty while nothing can be served
 * @param problems one sentence each
 * @param lastError why the files as they are now cannot be taken
 */
public record CertificateView(
    String name,
    String hostname,
    CertificateFiles files,
    Optional<Served> served,
    List<String> problems,
    Optional<String> lastError) {

  /**
   * What new connections get.
   *
   * @param chainLength how many certificates are sent
   * @param sha256 fingerprint of the first of them
   */
  public record Served(
      String subject,
      String issuer,
      List<String> names,
      Instant notBefore,
      Instant notAfter,
      int chainLength,
      String sha256,
      Instant loadedAt) {

    public Served {
      names = List.copyOf(names);
    }
  }

  public CertificateView {
    problems = List.copyOf(problems);
  }
}
