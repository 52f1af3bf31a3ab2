package dev.gatehouse.net.acme;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.tls.CertificateCheck;
import dev.gatehouse.net.tls.CertificateFiles;
import dev.gatehouse.net.tls.CertificateProblem;
import dev.gatehouse.net.tls.CertificateStore;
import dev.gatehouse.net.tls.CertificateStore.Use;
import dev.gatehouse.net.tls.CertificateView;
import dev.gatehouse.net.tls.ServerContext;
import dev.gatehouse.net.tls.ServerContext.Opening;
import dev.gatehouse.wire.tls.ClientHello;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of one domain, ordered from an authority and renewed before it ends.
 *
 * <p>What is in the folder is served from the start if it can be. Orders are placed by a clock and
 * never by a stranger's handshake, and what is served goes on until there is something better.
 * Files that others wrote count as absent unless they can be served for the domain.
 */
public final class AcmeCertificate implements Part {

  private static final Logger log = LoggerFactory.getLogger(AcmeCertificate.class);

  /** With these a certificate is worth no more than none. */
  private static final Set<CertificateProblem.Kind> USELESS =
      EnumSet.of(
          CertificateProblem.Kind.NAME,
          CertificateProblem.Kind.EXPIRED,
          CertificateProblem.Kind.NOT_YET_VALID);

  private final Use use;
  private final CertificateFolder folder;
  private final Authority authority;
  private final Surroundings around;
  private final Proofs proofs = new Proofs();
  private volatile Optional<String> lastError = Optional.empty();
  private Schedule schedule;

  /**
   * What it shares with others.
   *
   * @param store in which it is served
   * @param check the rules for what is served
   * @param chance between 0 and 1, a new one at each call
   */
  public record Surroundings(
      CertificateStore store,
      CertificateCheck check,
      EventCounters counters,
      Ticker ticker,
      DoubleSupplier chance) {}

  /**
   * As the other, from the authority of the settings.
   *
   * @param use the name under which it is served, whose hostname is the domain
   */
  public AcmeCertificate(AcmeSettings settings, Use use, Surroundings around) {
    this(
        use,
        new CertificateFolder(settings.folder()),
        new AcmeAuthority(settings, new CertificateFolder(settings.folder())),
        around);
  }

  AcmeCertificate(Use use, CertificateFolder folder, Authority authority, Surroundings around) {
    this.use = use;
    this.folder = folder;
    this.authority = authority;
    this.around = around;
    schedule = Schedule.atOnce(around.ticker().now());
    count("ok", 0);
    count("error", 0);
  }

  @Override
  public String name() {
    return use.name() + " certificate order";
  }

  /** Serves what is in the folder, where that can be served. */
  @Override
  public synchronized void start() throws FolderRefusedException {
    folder.prepare();
    if (problems(use.files().chain()).isEmpty()) {
      serve();
    }
  }

  /** The files stay for the next start. */
  @Override
  public void close() {
    proofs.clear();
  }

  /** What the authority asks for over HTTP. */
  public Proofs proofs() {
    return proofs;
  }

  /** Why the last order brought nothing; empty if it did, or there was none. */
  public Optional<String> lastError() {
    return lastError;
  }

  /** Whether clients can be shown one that has not ended. */
  public boolean isUsable() {
    Instant now = around.ticker().now();
    return served().filter(shown -> shown.notAfter().isAfter(now)).isPresent();
  }

  /**
   * Begins the server's side of a connection with a client that asks for the domain; any thread
   * may.
   */
  public Opening open(ClientHello hello, ByteBufAllocator allocator) {
    boolean known =
        hello.serverName().filter(name -> name.toString().equals(use.hostname())).isPresent();
    if (!known) {
      return ServerContext.unknownName(allocator);
    }
    return hello.offersAcmeTls()
        ? proofs.open(hello, allocator)
        : around.store().open(use.name(), hello, allocator);
  }

  /** Places an order if one is due; blocks until it is done. */
  synchronized void look() throws InterruptedException {
    if (schedule.isDue(around.ticker().now())) {
      try {
        order();
        lastError = Optional.empty();
        count("ok", 1);
      } catch (AuthorityException e) {
        failed(e.failure(), String.valueOf(e.getMessage()));
      } catch (IOException e) {
        failed(OrderFailure.FOLDER, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        // a bug is not to be repeated every second either
        failed(OrderFailure.UNEXPECTED, "unexpected: " + e.getClass().getSimpleName());
      }
    }
  }

  private void order() throws AuthorityException, IOException, InterruptedException {
    KeyPair key = AcmeAuthority.newKey();
    String chain = authority.order(key, proofs);
    Path draft = folder.draft(use.hostname(), key, chain);
    String problems = problems(draft);
    if (!problems.isEmpty()) {
      Files.deleteIfExists(draft);
      throw new AuthorityException(
          OrderFailure.UNUSABLE, "what the authority issued cannot be served: " + problems);
    }
    folder.publish(draft, use.hostname());
    Instant end = serve();
    log.atInfo()
        .setMessage("certificate_renewed")
        .addKeyValue("name", use.hostname())
        .addKeyValue("not_after", end)
        .log();
  }

  private void failed(OrderFailure failure, String why) {
    schedule = schedule.failed(around.ticker().now());
    count("error", 1);
    log.atWarn()
        .setMessage("certificate_failed")
        .addKeyValue("name", use.hostname())
        .addKeyValue("err", failure.word())
        .addKeyValue("why", why)
        .addKeyValue("next", schedule.due())
        .log();
    // who sees it finds the line in the log
    lastError = Optional.of(why);
  }

  /** Until when. */
  private Instant serve() {
    around.store().add(use);
    CertificateView.Served served =
        served().orElseThrow(() -> new IllegalStateException(use.files() + ": changed meanwhile"));
    schedule =
        Schedule.renewing(served.notBefore(), served.notAfter(), around.chance().getAsDouble());
    return served.notAfter();
  }

  private Optional<CertificateView.Served> served() {
    return around.store().views().stream()
        .filter(view -> view.name().equals(use.name()))
        .flatMap(view -> view.served().stream())
        .findFirst();
  }

  private String problems(Path file) {
    List<CertificateProblem> found =
        around
            .check()
            .problems(new CertificateFiles(file, file), use.hostname(), around.ticker().now());
    return found.stream()
        .filter(problem -> problem.isError() || USELESS.contains(problem.kind()))
        .map(CertificateProblem::sentence)
        .collect(Collectors.joining("; "));
  }

  private void count(String outcome, int orders) {
    around
        .counters()
        .counter(Metric.TLS_CERTIFICATE_RENEWALS, around.store().service(), outcome)
        .add(orders);
  }
}
