package dev.gatehouse.net.tls;

import dev.gatehouse.net.tls.CertificateFiles.Load;
import dev.gatehouse.net.tls.CertificateProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules for certificates that are to be served. */
public final class CertificateCheck {

  private final ChainCheck chains;
  private final Duration expiryWarning;
  private final boolean production;

  /** What came of reading two files and applying the rules. */
  sealed interface Examined {

    /**
     * A pair that can be served.
     *
     * @param pair without a root at the end
     * @param lasting what is wrong for as long as the files stay as they are
     */
    record Usable(CertificatePair pair, List<CertificateProblem> lasting) implements Examined {}

    /** Among the problems is an error. */
    record Refused(List<CertificateProblem> problems) implements Examined {}
  }

  /**
   * The rules of a host.
   *
   * @param requireChain whether a public authority's certificate without its issuer is an error
   * @param expiryWarning how long before a certificate expires people are told
   * @param production whether a key that others may read is an error
   */
  public CertificateCheck(boolean requireChain, Duration expiryWarning, boolean production) {
    this(requireChain, expiryWarning, production, ChainCheck::platformRoots);
  }

  CertificateCheck(
      boolean requireChain,
      Duration expiryWarning,
      boolean production,
      Supplier<List<X509Certificate>> roots) {
    this.chains = new ChainCheck(requireChain, roots);
    this.expiryWarning = expiryWarning;
    this.production = production;
  }

  /** Everything that is wrong, for whoever wants to know before the certificate is in use. */
  public List<CertificateProblem> problems(CertificateFiles files, String hostname, Instant now) {
    return switch (examine(files, hostname, now)) {
      case Examined.Usable(CertificatePair pair, List<CertificateProblem> lasting) ->
          Stream.concat(lasting.stream(), passing(files, pair, now).stream()).toList();
      case Examined.Refused(List<CertificateProblem> problems) -> problems;
    };
  }

  /** Reads the files and applies every rule; blocks, so never on a loop. */
  Examined examine(CertificateFiles files, String hostname, Instant now) {
    return switch (files.read()) {
      case Load.Loaded(CertificatePair pair) -> examine(files, pair, hostname, now);
      case Load.Refused(List<CertificateProblem> problems) -> new Examined.Refused(problems);
    };
  }

  private Examined examine(
      CertificateFiles files, CertificatePair whole, String hostname, Instant now) {
    List<CertificateProblem> lasting = lasting(files, whole, hostname);
    CertificatePair pair = new CertificatePair(ChainCheck.sent(whole.chain()), whole.key());
    List<CertificateProblem> all =
        Stream.concat(lasting.stream(), passing(files, pair, now).stream()).toList();
    return all.stream().anyMatch(CertificateProblem::isError)
        ? new Examined.Refused(all)
        : new Examined.Usable(pair, lasting);
  }

  private List<CertificateProblem> lasting(
      CertificateFiles files, CertificatePair pair, String hostname) {
    return Stream.of(
            mismatch(files, pair),
            chains.problem(files.chain(), pair.chain()),
            uncovered(files.chain(), pair, hostname))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<CertificateProblem> mismatch(
      CertificateFiles files, CertificatePair pair) {
    List<X509Certificate> chain = pair.chain();
    int owner =
        IntStream.range(0, chain.size())
            .filter(i -> pair.keyIsOf(chain.get(i)))
            .findFirst()
            .orElse(-1);
    if (owner == 0) {
      return Optional.empty();
    }
    String known = owner < 0 ? "of none of its certificates" : "of " + ChainCheck.at(chain, owner);
    return Optional.of(
        CertificateProblem.error(
            Kind.PAIR,
            "%s: the key in %s is %s (expected: of %s)"
                .formatted(files.chain(), files.key(), known, ChainCheck.at(chain, 0))));
  }

  private static Optional<CertificateProblem> uncovered(
      Path file, CertificatePair pair, String hostname) {
    return hostname.isEmpty() || pair.covers(hostname)
        ? Optional.empty()
        : Optional.of(
            CertificateProblem.warning(
                Kind.NAME, file + ": not for " + hostname + " (it is for: " + names(pair) + ")"));
  }

  private static String names(CertificatePair pair) {
    List<String> names = pair.names();
    return names.isEmpty() ? "no name" : String.join(", ", names);
  }

  /** What time and the rights of the key file bring about, while the contents stay the same. */
  List<CertificateProblem> passing(CertificateFiles files, CertificatePair pair, Instant now) {
    List<CertificateProblem> problems = new ArrayList<>();
    for (int i = 0; i < pair.chain().size(); i++) {
      outOfDate(files.chain() + ": " + ChainCheck.at(pair.chain(), i), pair.chain().get(i), now)
          .ifPresent(problems::add);
    }
    Instant end = pair.leaf().getNotAfter().toInstant();
    if (!now.isAfter(end) && now.plus(expiryWarning).isAfter(end)) {
      problems.add(
          CertificateProblem.warning(
              Kind.EXPIRING, files.chain() + ": expires at " + end + "; renew it"));
    }
    exposed(files.key()).ifPresent(problems::add);
    return problems;
  }

  private static Optional<CertificateProblem> outOfDate(
      String subject, X509Certificate certificate, Instant now) {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      return Optional.of(CertificateProblem.warning(Kind.EXPIRED, subject + " expired at " + end));
    }
    return now.isBefore(begin)
        ? Optional.of(
            CertificateProblem.warning(
                Kind.NOT_YET_VALID, subject + " is not valid before " + begin))
        : Optional.empty();
  }

  private Optional<CertificateProblem> exposed(Path key) {
    try {
      return Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ)
          ? Optional.of(
              new CertificateProblem(
                  Kind.KEY_FILE, production, key + ": everybody may read the key; chmod o-r"))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException _) {
      // gone in the meantime, or of a file system without rights
      return Optional.empty();
    }
  }
}
