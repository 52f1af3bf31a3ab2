package dev.gatehouse.net.firewall;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.SlidingWindow;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.kernel.metric.MetricSource;
import dev.gatehouse.kernel.time.Ticker;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The firewall of the process: a rate, and rules that may be replaced while it runs.
 *
 * <p>What is asked on the loops are two immutable references; who takes one sees all of it or none.
 * A replaced rule acts on the next connection. Replacing is for one thread at a time.
 */
public final class RuleFirewall implements Firewall, MetricSource {

  private final CountryLookup countries;
  private final Ticker ticker;
  private final Map<Reason, LongAdder> blocked = new EnumMap<>(Reason.class);
  private volatile Snapshot snapshot = new Snapshot(FirewallRules.NONE);
  private volatile Rate rate;

  /** The rules as they were given, and the networks as they are searched. */
  private record Snapshot(FirewallRules rules, CidrSet networks) {
    Snapshot(FirewallRules rules) {
      this(rules, CidrSet.of(rules.networks()));
    }
  }

  /** A limit and what clients did under it. */
  private record Rate(RateLimit limit, Optional<SlidingWindow> window, long earlierEvictions) {
    long evictions() {
      return earlierEvictions + window.map(SlidingWindow::evictions).orElse(0L);
    }
  }

  /** A firewall that blocks nobody yet. */
  public RuleFirewall(CountryLookup countries, Ticker ticker, EventCounters counters) {
    this.countries = countries;
    this.ticker = ticker;
    this.rate = new Rate(RateLimit.OFF, Optional.empty(), 0);
    for (Reason reason : Reason.values()) {
      blocked.put(reason, counters.counter(Metric.FIREWALL_BLOCKED, reason.label()));
    }
  }

  /** Replaces the rules. */
  public void rules(FirewallRules rules) {
    snapshot = new Snapshot(rules);
  }

  /** The rules in force. */
  public FirewallRules rules() {
    return snapshot.rules();
  }

  /** Replaces the rate; what clients did so far is forgotten unless the rate is the same. */
  public void rate(RateLimit limit) {
    Rate now = rate;
    if (!limit.equals(now.limit())) {
      rate = new Rate(limit, limit.begin(ticker.nanos()), now.evictions());
    }
  }

  @Override
  public Optional<Reason> blockedWithReason(IpAddress client) {
    IpAddress plain = client.unmapped();
    boolean tooOften =
        rate.window().filter(window -> !window.tryTake(plain, ticker.nanos())).isPresent();
    return tooOften ? counted(Reason.RATE_LIMIT) : blockedByRule(plain);
  }

  @Override
  public Optional<Reason> blockedByRule(IpAddress client) {
    IpAddress plain = client.unmapped();
    Snapshot now = snapshot;
    if (now.rules().addresses().contains(plain)) {
      return counted(Reason.IP);
    }
    if (now.networks().contains(plain)) {
      return counted(Reason.CIDR);
    }
    return isOfBlockedCountry(now, plain) ? counted(Reason.COUNTRY) : Optional.empty();
  }

  /**
   * What this firewall would do with a client, and why; counts nothing.
   *
   * @param country empty where it is not known
   * @param rule that blocks the client, if one does
   */
  public record Explanation(
      Optional<String> country, Optional<Reason> blocked, Optional<FirewallRule> rule) {}

  /** What would become of the next connection of this client. */
  public Explanation explain(IpAddress client) {
    IpAddress plain = client.unmapped();
    Optional<String> country = countries.country(plain);
    Optional<FirewallRule> rule = rule(rules(), plain, country);
    Optional<Reason> blocked =
        rate.window().filter(window -> window.isFull(plain, ticker.nanos())).isPresent()
            ? Optional.of(Reason.RATE_LIMIT)
            : rule.map(FirewallRule::reason);
    return new Explanation(country, blocked, rule);
  }

  private static Optional<FirewallRule> rule(
      FirewallRules rules, IpAddress client, Optional<String> country) {
    if (rules.addresses().contains(client)) {
      return Optional.of(new FirewallRule.Address(client));
    }
    Optional<FirewallRule> network =
        rules.networks().stream()
            .filter(candidate -> candidate.contains(client))
            .max(Comparator.comparingInt(Cidr::prefix))
            .map(FirewallRule.Network::new);
    return network.isPresent()
        ? network
        : country.filter(rules.countries()::contains).map(FirewallRule.Country::new);
  }

  /** How many connections the present window holds of this client; 0 without a rate. */
  public double rateEstimate(IpAddress client) {
    return rate.window().map(window -> window.estimate(client, ticker.nanos())).orElse(0.0);
  }

  @Override
  public void collect(MetricSink sink) {
    FirewallRules rules = rules();
    Rate now = rate;
    sink.sample(Metric.FIREWALL_RULES, (double) rules.addresses().size(), Reason.IP.label());
    sink.sample(Metric.FIREWALL_RULES, (double) rules.networks().size(), Reason.CIDR.label());
    sink.sample(Metric.FIREWALL_RULES, (double) rules.countries().size(), Reason.COUNTRY.label());
    int tracked = now.window().map(SlidingWindow::tracked).orElse(0);
    sink.sample(Metric.FIREWALL_RATE_TRACKED, (double) tracked);
    sink.sample(Metric.FIREWALL_RATE_EVICTIONS, (double) now.evictions());
  }

  private boolean isOfBlockedCountry(Snapshot now, IpAddress client) {
    return !now.rules().countries().isEmpty()
        && countries.country(client).filter(now.rules().countries()::contains).isPresent();
  }

  private Optional<Reason> counted(Reason reason) {
    LongAdder counter = blocked.get(reason);
    if (counter != null) {
      counter.increment();
    }
    return Optional.of(reason);
  }
}
