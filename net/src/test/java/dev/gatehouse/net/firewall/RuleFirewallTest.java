package dev.gatehouse.net.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.RuleFirewall.Explanation;
import dev.gatehouse.testkit.ManualTicker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFirewallTest {

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final IpAddress CLIENT = ip("192.0.2.1");
  private static final FirewallRules ALL =
      new FirewallRules(Set.of(CLIENT), Set.of(cidr("192.0.2.0/24")), Set.of("NL"));

  private final AtomicInteger lookups = new AtomicInteger();
  private final ManualTicker ticker = new ManualTicker();
  private final EventCounters counters = new EventCounters();
  private final RuleFirewall firewall = new RuleFirewall(this::country, ticker, counters);

  @Test
  void blocksNobodyUntilItIsTold() {
    assertThat(firewall.blockedWithReason(CLIENT)).isEmpty();
    assertThat(firewall.blockedByRule(CLIENT)).isEmpty();
    assertThat(blocked())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("rate_limit", 0.0, "ip", 0.0, "cidr", 0.0, "country", 0.0));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, IP",
    "::ffff:192.0.2.1, IP",
    "192.0.2.2, CIDR",
    "::ffff:192.0.2.2, CIDR",
    "203.0.113.1, COUNTRY",
    "203.0.112.1,",
    "2001:db8::1, CIDR",
    "2001:db8::2, CIDR",
    "2001:db9::1,",
  })
  void theFirstRuleThatHoldsIsTheReason(String address, Reason reason) {
    firewall.rules(
        new FirewallRules(
            Set.of(ip("::ffff:192.0.2.1")),
            Set.of(cidr("192.0.2.0/24"), cidr("2001:db8::/32")),
            Set.of("NL")));
    assertThat(firewall.blockedWithReason(ip(address))).isEqualTo(Optional.ofNullable(reason));
    assertThat(firewall.blockedByRule(ip(address))).isEqualTo(Optional.ofNullable(reason));
  }

  @Test
  void theRateIsAskedFirstThenAddressThenNetworkThenCountry() {
    firewall.rules(ALL);
    firewall.rate(new RateLimit(1, WINDOW, 16));
    assertThat(firewall.blockedWithReason(CLIENT)).contains(Reason.IP);
    assertThat(firewall.blockedWithReason(CLIENT)).contains(Reason.RATE_LIMIT);
    assertThat(firewall.blockedWithReason(ip("192.0.2.2"))).contains(Reason.CIDR);
    assertThat(lookups).as("nobody was looked up who had been blocked before").hasValue(0);
    assertThat(blocked())
        .containsEntry("rate_limit", 1.0)
        .containsEntry("ip", 1.0)
        .containsEntry("cidr", 1.0)
        .containsEntry("country", 0.0);
  }

  @Test
  void countriesAreLookedUpOnlyWhereSomeAreBlocked() {
    firewall.blockedWithReason(CLIENT);
    assertThat(lookups).hasValue(0);
    firewall.rules(new FirewallRules(Set.of(), Set.of(), Set.of("DE")));
    assertThat(firewall.blockedWithReason(ip("203.0.113.1"))).isEmpty();
    assertThat(lookups).hasValue(1);
  }

  @Test
  void replacedRulesActOnTheNextConnection() {
    firewall.rules(ALL);
    assertThat(firewall.rules()).isEqualTo(ALL);
    firewall.rules(FirewallRules.NONE);
    assertThat(firewall.blockedWithReason(CLIENT)).isEmpty();
  }

  @Test
  void aClientThatComesTooOftenRecoversByItself() {
    firewall.rate(new RateLimit(2, WINDOW, 16));
    assertThat(reasons(3)).containsExactly("", "", "rate_limit");
    ticker.advance(WINDOW);
    assertThat(reasons(1)).as("no double burst at the edge").containsExactly("rate_limit");
    ticker.advance(WINDOW.dividedBy(2));
    assertThat(reasons(2)).containsExactly("", "rate_limit");
    ticker.advance(WINDOW.multipliedBy(2));
    assertThat(reasons(3)).containsExactly("", "", "rate_limit");
  }

  @Test
  void oneIpv6SiteIsOneClient() {
    firewall.rate(new RateLimit(1, WINDOW, 16));
    assertThat(firewall.blockedWithReason(ip("2001:db8::1"))).isEmpty();
    assertThat(firewall.blockedWithReason(ip("2001:db8::2"))).contains(Reason.RATE_LIMIT);
    assertThat(firewall.blockedWithReason(ip("2001:db8:0:1::1"))).isEmpty();
  }

  @Test
  void whatIsAskedByRuleAloneDoesNotCountAgainstTheRate() {
    firewall.rate(new RateLimit(1, WINDOW, 16));
    for (int i = 0; i < 10; i++) {
      assertThat(firewall.blockedByRule(CLIENT)).isEmpty();
    }
    assertThat(firewall.rateEstimate(CLIENT)).isZero();
    assertThat(firewall.blockedWithReason(CLIENT)).isEmpty();
    assertThat(firewall.rateEstimate(CLIENT)).isEqualTo(1);
  }

  @Test
  void theSameRateAgainForgetsNobodyAndAnotherBeginsAnew() {
    firewall.rate(new RateLimit(1, WINDOW, 1));
    reasons(1);
    firewall.rate(new RateLimit(1, WINDOW, 1));
    assertThat(reasons(1)).containsExactly("rate_limit");
    firewall.blockedWithReason(ip("192.0.2.9"));
    firewall.rate(RateLimit.OFF);
    assertThat(reasons(5)).containsOnly("");
    firewall.rate(new RateLimit(2, WINDOW, 1));
    assertThat(reasons(3)).containsExactly("", "", "rate_limit");
    assertThat(samples()).containsEntry("FIREWALL_RATE_EVICTIONS []", 1.0);
  }

  @Test
  void tellsItsRulesAndItsTable() {
    firewall.rules(ALL);
    firewall.rate(new RateLimit(5, WINDOW, 3));
    for (int i = 0; i < 10_000; i++) {
      firewall.blockedWithReason(IpAddress.ipv4(i));
    }
    assertThat(samples())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "FIREWALL_RULES [ip]", 1.0,
                "FIREWALL_RULES [cidr]", 1.0,
                "FIREWALL_RULES [country]", 1.0,
                "FIREWALL_RATE_TRACKED []", 3.0,
                "FIREWALL_RATE_EVICTIONS []", 9997.0));
  }

  @Test
  void thereIsALimitOfRules() {
    Set<IpAddress> most =
        IntStream.range(0, FirewallRules.MAX_RULES)
            .mapToObj(IpAddress::ipv4)
            .collect(Collectors.toSet());
    assertThat(new FirewallRules(most, Set.of(), Set.of()).addresses()).hasSize(100_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FirewallRules(most, Set.of(), Set.of("NL")))
        .withMessage("firewall rules: 100001 (expected: at most 100000)");
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, , IP, 192.0.2.1",
    "::ffff:192.0.2.1, , IP, 192.0.2.1",
    "192.0.2.2, , CIDR, 192.0.2.0/28",
    "192.0.2.99, , CIDR, 192.0.2.0/24",
    "203.0.113.1, NL, COUNTRY, NL",
    "198.51.100.1, , ,",
  })
  void explainsWhichRuleWouldBlockAClient(
      String client, @Nullable String country, @Nullable Reason reason, @Nullable String value) {
    firewall.rules(
        new FirewallRules(
            Set.of(CLIENT), Set.of(cidr("192.0.2.0/24"), cidr("192.0.2.0/28")), Set.of("NL")));
    Explanation explanation = firewall.explain(ip(client));
    assertThat(explanation.country()).isEqualTo(Optional.ofNullable(country));
    assertThat(explanation.blocked()).isEqualTo(Optional.ofNullable(reason));
    assertThat(explanation.rule().map(FirewallRule::value)).isEqualTo(Optional.ofNullable(value));
  }

  @Test
  void aCountryThatIsNotBlockedIsExplainedToo() {
    assertThat(firewall.explain(ip("203.0.113.1")))
        .isEqualTo(new Explanation(Optional.of("NL"), Optional.empty(), Optional.empty()));
  }

  @Test
  void aClientThatComesTooOftenIsExplainedWithTheRuleThatBlocksItBesides() {
    firewall.rules(ALL);
    firewall.rate(new RateLimit(1, WINDOW, 16));
    assertThat(firewall.explain(CLIENT).blocked()).contains(Reason.IP);
    firewall.blockedWithReason(CLIENT);
    assertThat(firewall.explain(CLIENT).blocked()).contains(Reason.RATE_LIMIT);
    assertThat(firewall.explain(CLIENT).rule()).contains(new FirewallRule.Address(CLIENT));
  }

  @Test
  void explainingBlocksAndCountsNothing() {
    firewall.rules(ALL);
    firewall.rate(new RateLimit(1, WINDOW, 16));
    for (int i = 0; i < 10; i++) {
      firewall.explain(CLIENT);
      firewall.explain(ip("198.51.100.1"));
    }
    assertThat(firewall.rateEstimate(CLIENT)).isZero();
    assertThat(blocked().values()).containsOnly(0.0);
    assertThat(firewall.blockedWithReason(ip("198.51.100.1"))).isEmpty();
  }

  /** A hundred times the time it takes, and half of what a walk over the rules would take. */
  @Test
  @Timeout(2)
  void aRangeOfBlockedAddressesCostsTheOthersNothing() {
    Set<IpAddress> range =
        IntStream.range(0, 50_000)
            .mapToObj(i -> IpAddress.ipv4(0x0a000000 + i))
            .collect(Collectors.toSet());
    firewall.rules(new FirewallRules(range, Set.of(), Set.of()));
    long blocked =
        IntStream.range(0, 200_000)
            .filter(i -> firewall.blockedByRule(IpAddress.ipv4(0x50000000 + i)).isPresent())
            .count();
    assertThat(blocked).isZero();
  }

  private Optional<String> country(IpAddress address) {
    lookups.incrementAndGet();
    return Optional.of("NL").filter(code -> cidr("203.0.113.0/24").contains(address));
  }

  private List<String> reasons(int connections) {
    return IntStream.range(0, connections)
        .mapToObj(i -> firewall.blockedWithReason(CLIENT).map(Reason::label).orElse(""))
        .toList();
  }

  private Map<String, Double> samples() {
    Map<String, Double> found = new HashMap<>();
    firewall.collect((metric, value, labels) -> found.put(metric + " " + List.of(labels), value));
    return found;
  }

  private Map<String, Double> blocked() {
    Map<String, Double> found = new HashMap<>();
    counters.collect(
        (metric, value, labels) -> {
          assertThat(metric).isEqualTo(Metric.FIREWALL_BLOCKED);
          found.put(labels[0], value);
        });
    return found;
  }

  private static Cidr cidr(String text) {
    if (Cidr.read(text) instanceof Cidr.Read.Network(Cidr cidr)) {
      return cidr;
    }
    throw new IllegalArgumentException(text);
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
