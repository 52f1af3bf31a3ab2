package dev.gatehouse.net.tls;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.net.tls.CertificateCheck.Examined;
import dev.gatehouse.net.tls.CertificateProblem.Kind;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One name's certificate through all the changes of its files.
 *
 * <p>What is served changes only for something that can be served, so that a mistake in the files
 * is felt by nobody but whoever reads the log. One thread at a time looks at the files; readers
 * have one immutable state and never wait.
 *
 * <p>Files that could not be taken are read again at every look, whatever they look like from
 * outside: the rights of a folder may be what has changed.
 */
final class StoredCertificate {

  private static final Logger log = LoggerFactory.getLogger(StoredCertificate.class);

  /** Looks during which a key may wait for its certificate: they change one after the other. */
  private static final int PATIENT_LOOKS = 2;

  private final CertificateStore.Use use;
  private final String service;
  private final ServerContext.Engine engine;
  private final LongAdder reloads;
  private final LongAdder failures;
  private volatile State state = new State(null, List.of(), null);
  private List<Optional<FileStamp>> stamps = List.of();
  private String digest = "";
  private int mismatches;
  private boolean closed;

  /** What is in use, what is wrong with it, and why nothing newer is. */
  private record State(
      @Nullable Served served, List<CertificateProblem> problems, @Nullable String error) {}

  private record Served(
      CertificatePair pair,
      ServerContext context,
      List<CertificateProblem> lasting,
      Instant loadedAt) {}

  /**
   * Something else is served.
   *
   * @param replaced what was; the caller releases it once everybody knows
   */
  record Swap(Optional<ServerContext> replaced) {}

  StoredCertificate(
      CertificateStore.Use use,
      String service,
      ServerContext.Engine engine,
      LongAdder reloads,
      LongAdder failures) {
    this.use = use;
    this.service = service;
    this.engine = engine;
    this.reloads = reloads;
    this.failures = failures;
  }

  Optional<ServerContext> context() {
    return Optional.ofNullable(state.served).map(Served::context);
  }

  Optional<Instant> notAfter() {
    return Optional.ofNullable(state.served)
        .map(served -> served.pair().leaf().getNotAfter().toInstant());
  }

  boolean has(Kind kind) {
    return state.problems.stream().anyMatch(problem -> problem.kind() == kind);
  }

  CertificateView view() {
    State now = state;
    return new CertificateView(
        use.name(),
        use.hostname(),
        use.files(),
        Optional.ofNullable(now.served).map(StoredCertificate::view),
        now.problems.stream().map(CertificateProblem::sentence).toList(),
        Optional.ofNullable(now.error));
  }

  private static CertificateView.Served view(Served served) {
    X509Certificate leaf = served.pair().leaf();
    return new CertificateView.Served(
        CertificateProblem.plain(leaf.getSubjectX500Principal().toString()),
        CertificateProblem.plain(leaf.getIssuerX500Principal().toString()),
        served.pair().names().stream().map(CertificateProblem::plain).toList(),
        leaf.getNotBefore().toInstant(),
        leaf.getNotAfter().toInstant(),
        served.pair().chain().size(),
        served.pair().sha256(),
        served.loadedAt());
  }

  /** Takes what is in the files if it is new and can be served; the first time is no reload. */
  synchronized Optional<Swap> look(CertificateCheck check, Instant now) {
    if (closed) {
      return Optional.empty();
    }
    boolean first = stamps.isEmpty();
    boolean changed = changed();
    String told = state.error;
    Optional<Swap> swap =
        changed || told != null || mismatches > 0 ? examine(check, now) : Optional.empty();
    judge(check, now);
    if (!first) {
      count(swap.isPresent(), changed || !Objects.equals(told, state.error));
    }
    return swap;
  }

  /** What fails again at every look in the same way has failed once. */
  private void count(boolean swapped, boolean different) {
    if (swapped) {
      reloads.increment();
    } else if (different && state.error != null) {
      failures.increment();
    }
  }

  /** The stamps are taken first: what changes while it is read is read again. */
  private boolean changed() {
    List<Optional<FileStamp>> present = use.files().stamps();
    if (present.equals(stamps)) {
      return false;
    }
    stamps = present;
    String before = digest;
    digest = use.files().digest();
    return !digest.equals(before);
  }

  private Optional<Swap> examine(CertificateCheck check, Instant now) {
    return switch (check.examine(use.files(), use.hostname(), now)) {
      case Examined.Usable(CertificatePair pair, List<CertificateProblem> lasting) -> {
        mismatches = 0;
        yield isWorse(pair, now)
            ? fail(use.files().chain() + ": has expired, and the one in use has not")
            : take(pair, lasting, now);
      }
      case Examined.Refused(List<CertificateProblem> problems) -> refuse(problems);
    };
  }

  private boolean isWorse(CertificatePair pair, Instant now) {
    Served served = state.served;
    return served != null && pair.isExpired(now) && !served.pair().isExpired(now);
  }

  private Optional<Swap> take(CertificatePair pair, List<CertificateProblem> lasting, Instant now) {
    try {
      ServerContext context = ServerContext.of(pair, engine, use.minimum(), use.protocols());
      Optional<ServerContext> replaced = context();
      state = new State(new Served(pair, context, lasting, now), state.problems, null);
      event(log.atInfo(), "certificate_loaded")
          .addKeyValue("file", use.files().chain())
          .addKeyValue("not_after", pair.leaf().getNotAfter().toInstant())
          .addKeyValue("sha256", pair.sha256())
          .log();
      return Optional.of(new Swap(replaced));
    } catch (SSLException e) {
      return fail(use.files().chain() + ": the TLS engine refuses it: " + e.getMessage());
    }
  }

  private Optional<Swap> refuse(List<CertificateProblem> problems) {
    List<CertificateProblem> errors =
        problems.stream().filter(CertificateProblem::isError).toList();
    boolean mismatch = errors.stream().allMatch(problem -> problem.kind() == Kind.PAIR);
    if (mismatch && state.served != null && mismatches < PATIENT_LOOKS) {
      mismatches++;
      state = new State(state.served, state.problems, null);
      return Optional.empty();
    }
    if (!mismatch) {
      mismatches = 0;
    }
    return fail(errors.stream().map(CertificateProblem::sentence).collect(joining("; ")));
  }

  private Optional<Swap> fail(String error) {
    if (!error.equals(state.error)) {
      event(log.atError(), "certificate_reload_failed").addKeyValue("err", error).log();
    }
    state = new State(state.served, state.problems, error);
    return Optional.empty();
  }

  /** What is wrong now; tells of what was not before. */
  private void judge(CertificateCheck check, Instant now) {
    State before = state;
    List<CertificateProblem> problems = problems(check, now);
    state = new State(before.served, problems, before.error);
    problems.stream().filter(problem -> !before.problems.contains(problem)).forEach(this::tell);
  }

  private List<CertificateProblem> problems(CertificateCheck check, Instant now) {
    Served served = state.served;
    return served == null
        ? List.of(
            CertificateProblem.error(Kind.UNAVAILABLE, Objects.requireNonNullElse(state.error, "")))
        : Stream.concat(
                served.lasting().stream(), check.passing(use.files(), served.pair(), now).stream())
            .toList();
  }

  private void tell(CertificateProblem problem) {
    switch (problem.kind()) {
      case UNAVAILABLE -> {
        // the reason has been told as the error that it is
      }
      case EXPIRING -> warn("certificate_expiring", problem);
      case FILE, PAIR, CHAIN, NAME, EXPIRED, NOT_YET_VALID, KEY_FILE ->
          warn("certificate_problem", problem);
    }
  }

  private void warn(String name, CertificateProblem problem) {
    event(log.atWarn(), name).addKeyValue("problem", problem.sentence()).log();
  }

  private LoggingEventBuilder event(LoggingEventBuilder line, String name) {
    return line.setMessage(name).addKeyValue("service", service).addKeyValue("name", use.name());
  }

  /** Serves nothing any more; what was served is for the caller to release. */
  synchronized Optional<ServerContext> close() {
    Optional<ServerContext> last = context();
    closed = true;
    state = new State(null, List.of(), null);
    return last;
  }
}
