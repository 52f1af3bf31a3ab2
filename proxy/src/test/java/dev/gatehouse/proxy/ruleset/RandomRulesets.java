package dev.gatehouse.proxy.ruleset;

import static dev.gatehouse.proxy.ruleset.Rulesets.blocked;
import static dev.gatehouse.proxy.ruleset.Rulesets.endpoint;
import static dev.gatehouse.proxy.ruleset.Rulesets.name;
import static dev.gatehouse.proxy.ruleset.Rulesets.network;
import static dev.gatehouse.proxy.ruleset.Rulesets.required;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;

import dev.gatehouse.net.connect.Destination;
import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.RouteName;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.route.TlsVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Rulesets of a few names and values, so that any two of them share some. */
public final class RandomRulesets {

  private static final List<String> ADDRESSES =
      List.of(":443", "127.0.0.1:8443", "[2001:db8::1]:9443");
  private static final List<String> HOSTNAMES =
      List.of("a.example.org", "b.example.org", "*.example.org", "localhost", "xn--bcher-kva.org");
  private static final List<Destination> BACKENDS =
      Stream.of("10.0.0.5:443", "[2001:db8::5]:8443", "git.internal:443", "_Svc.internal:1")
          .map(Rulesets::destination)
          .toList();
  private static final List<L7Policy> POLICIES =
      List.of(
          blocked("BadBot"),
          blocked("\"quoted\" \\ and escaped"),
          blocked("'; DROP TABLE routes; --"),
          blocked("бот 🤖"),
          required("X-Api-Key"),
          required("!#$%&'*+-.^_`|~"));
  private static final List<FirewallRule> RULES =
      List.of(
          rule(Reason.IP, "192.0.2.1"),
          rule(Reason.IP, "2001:db8::1"),
          rule(Reason.CIDR, "192.0.2.0/24"),
          rule(Reason.CIDR, "2001:db8::/32"),
          rule(Reason.COUNTRY, "NL"));

  private final Random random;
  private final Set<RouteMode> modes;

  private RandomRulesets(long seed, Set<RouteMode> modes) {
    this.random = new Random(seed);
    this.modes = modes;
  }

  /** Routes of every mode, with every setting. */
  public static RandomRulesets ofAllModes(long seed) {
    return new RandomRulesets(seed, EnumSet.allOf(RouteMode.class));
  }

  /** Routes that the configuration takes. */
  static RandomRulesets ofL4(long seed) {
    return new RandomRulesets(seed, EnumSet.of(RouteMode.L4));
  }

  public Ruleset next() {
    return new Ruleset(
        some(ADDRESSES).stream().map(this::listener).toList(), FirewallRules.of(some(RULES)));
  }

  private ListenerConfig listener(String address) {
    List<Route> routes = some(HOSTNAMES).stream().map(this::route).toList();
    return new ListenerConfig(
        endpoint(address),
        new Guard(
            random.nextBoolean(),
            some(List.of(network("10.0.0.0/8"), network("2001:db8::/48"))),
            random.nextInt(3)),
        routes,
        oneOf(routes),
        oneOf(routes));
  }

  private Optional<RouteName> oneOf(List<Route> routes) {
    return some(routes).stream().map(Route::hostname).findFirst();
  }

  private Route route(String hostname) {
    RouteMode mode = any(modes.toArray(RouteMode[]::new));
    List<Destination> backends = some(BACKENDS);
    return new Route(
        name(hostname),
        mode,
        backends.isEmpty() ? BACKENDS.subList(0, 1) : backends,
        any(Balance.values()),
        any(Duration.ZERO, Duration.ofSeconds(10), Duration.ofMillis(1500)),
        maybe(() -> Set.copyOf(some(tlvs(mode)))),
        maybe(this::timeout),
        l7(mode));
  }

  private static List<SentTlv> tlvs(RouteMode mode) {
    return Stream.of(SentTlv.values())
        .filter(tlv -> mode == RouteMode.L7 || tlv != SentTlv.SSL)
        .toList();
  }

  private L7Settings l7(RouteMode mode) {
    boolean certified = random.nextBoolean();
    return new L7Settings(
        certified ? "/certs/a.pem" : "",
        certified ? "/certs/a.key" : "",
        switch (mode) {
          case L4 -> Optional.empty();
          case L7 -> maybe(this::backendTls);
        },
        switch (mode) {
          case L4 -> BackendProtocol.AUTO;
          case L7 -> any(BackendProtocol.values());
        },
        maybe(() -> any(TlsVersion.values())),
        maybe(this::timeout),
        random.nextBoolean() ? OptionalLong.of(random.nextInt(1 << 20)) : OptionalLong.empty(),
        some(POLICIES));
  }

  private BackendTls backendTls() {
    return new BackendTls(random.nextBoolean(), any("", "/certs/ca.pem"), any("", "b.internal"));
  }

  private Duration timeout() {
    return any(Duration.ZERO, Duration.ofMillis(1), Duration.ofHours(24));
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** From none to all of them, in any order. */
  private <T> List<T> some(List<T> all) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, random.nextInt(all.size() + 1)));
  }
}
