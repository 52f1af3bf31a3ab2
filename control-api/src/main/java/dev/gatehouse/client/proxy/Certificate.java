package dev.gatehouse.client.proxy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an L7 route shows to its clients.
 *
 * @param file of the chain
 * @param served empty while there is nothing to show
 * @param problems one sentence each
 * @param lastError why the files as they are now cannot be taken; empty: they were
 */
public record Certificate(
    String listener,
    String hostname,
    String file,
    Optional<Served> served,
    List<String> problems,
    String lastError) {

  public Certificate {
    problems = List.copyOf(problems);
  }

  /**
   * What new connections get.
   *
   * @param names which it is for
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
}
