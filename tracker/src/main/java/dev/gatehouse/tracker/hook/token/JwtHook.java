package dev.gatehouse.tracker.hook.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.gatehouse.kernel.limit.EventBudget;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.tracker.config.HookConfig.Jwt;
import dev.gatehouse.tracker.hook.Hook;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.request.ScrapeRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests in that carry a token for their torrents, signed by whom the operator trusts.
 *
 * <p>Signatures of key pairs are checked off the loop.
 */
public final class JwtHook implements Hook, MetricSource {

  private static final Logger log = LoggerFactory.getLogger(JwtHook.class);
  private static final String SCHEME = "bearer ";
  private static final int MAX_LINES = 10;

  private final Jwt config;
  private final Rejections rejections;
  private final Ticker ticker;
  private final KeySet keys;
  private final EventBudget lines = new EventBudget(MAX_LINES, Duration.ofMinutes(1));
  private @Nullable ExecutorService checking;

  /** What a token must say beside what all must say. */
  @FunctionalInterface
  private interface Demand {
    boolean isMet(Claims claims) throws ParseException;
  }

  public JwtHook(Jwt config, Rejections rejections, Ticker ticker, EventCounters counters) {
    this.config = config;
    this.rejections = rejections;
    this.ticker = ticker;
    keys = new KeySet(config, ticker, counters);
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public void start() {
    int threads = Runtime.getRuntime().availableProcessors();
    checking =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("token-", 0).factory());
    keys.start();
  }

  @Override
  public boolean hasSource() {
    return true;
  }

  @Override
  public Optional<Refresh> refresh() {
    String failure = keys.fetch();
    return Optional.of(new Refresh(name(), keys.keys().size(), failure));
  }

  @Override
  public void close() {
    keys.close();
    if (checking != null) {
      // what has begun is answered still
      checking.shutdown();
    }
  }

  @Override
  public HookVerdict announce(HookContext context, AnnounceRequest request, AnnounceReply reply) {
    return config.announces()
        ? check(context, request.parameters(), claims -> claims.allow(request.infoHash()))
        : new HookVerdict.Passed(context);
  }

  @Override
  public HookVerdict scrape(HookContext context, ScrapeRequest request) {
    return config.scrapes()
        ? check(context, request.parameters(), claims -> claims.allow(request.infoHashes()))
        : new HookVerdict.Passed(context);
  }

  private HookVerdict check(HookContext context, Parameters parameters, Demand demand) {
    Optional<String> text = token(parameters);
    if (text.isEmpty()) {
      return new HookVerdict.Refused(rejections.missingToken());
    }
    SignedJWT token;
    try {
      token = SignedJWT.parse(text.get());
    } catch (ParseException e) {
      return refused("not a signed token");
    }
    ExecutorService elsewhere = checking;
    if (elsewhere == null || Signatures.isQuick(token)) {
      return verdict(context, token, demand);
    }
    try {
      return new HookVerdict.Later(
          CompletableFuture.supplyAsync(() -> verdict(context, token, demand), elsewhere));
    } catch (RejectedExecutionException _) {
      // another configuration came while this request was on its way
      return verdict(context, token, demand);
    }
  }

  /** From the parameter of that name or, where there is none, from the header. */
  private Optional<String> token(Parameters parameters) {
    return parameters
        .query(config.header())
        .map(value -> new String(value.toArray(), ISO_8859_1))
        .or(() -> parameters.header(config.header()))
        .map(JwtHook::withoutScheme)
        .filter(text -> !text.isEmpty());
  }

  private static String withoutScheme(String text) {
    boolean named = text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return named ? text.substring(SCHEME.length()).strip() : text;
  }

  private HookVerdict verdict(HookContext context, SignedJWT token, Demand demand) {
    try {
      if (candidates(token).stream().noneMatch(key -> Signatures.isSigned(token, key))) {
        return refused("signature");
      }
      Claims claims = new Claims(token.getJWTClaimsSet(), config);
      if (!claims.areValid(ticker.now())) {
        return refused("issuer, audience or time");
      }
      return demand.isMet(claims) ? new HookVerdict.Passed(context) : refused("torrents");
    } catch (ParseException e) {
      return refused("claims");
    }
  }

  /** The key that the token names, or all where it names none. */
  private List<JWK> candidates(SignedJWT token) {
    String id = token.getHeader().getKeyID();
    if (id == null) {
      return keys.keys();
    }
    List<JWK> named = keys.keys().stream().filter(key -> id.equals(key.getKeyID())).toList();
    if (named.isEmpty()) {
      keys.missed();
    }
    return named;
  }

  /** Tells the operator why, and the client no more than that. */
  private HookVerdict refused(String why) {
    if (lines.tryTake(ticker.nanos())) {
      log.atInfo()
          .setMessage("token_refused")
          .addKeyValue("component", "tracker/hook")
          .addKeyValue("hook", name())
          .addKeyValue("why", why)
          .log();
    }
    return new HookVerdict.Refused(rejections.invalidToken());
  }

  @Override
  public void collect(MetricSink sink) {
    sink.sample(Metric.TRACKER_JWKS_KEYS, keys.keys().size(), config.name());
  }
}
