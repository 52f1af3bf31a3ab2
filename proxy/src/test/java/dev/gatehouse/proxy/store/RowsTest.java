package dev.gatehouse.proxy.store;

import static dev.gatehouse.proxy.ruleset.Rulesets.blocked;
import static dev.gatehouse.proxy.ruleset.Rulesets.destination;
import static dev.gatehouse.proxy.ruleset.Rulesets.endpoint;
import static dev.gatehouse.proxy.ruleset.Rulesets.listener;
import static dev.gatehouse.proxy.ruleset.Rulesets.name;
import static dev.gatehouse.proxy.ruleset.Rulesets.network;
import static dev.gatehouse.proxy.ruleset.Rulesets.required;
import static dev.gatehouse.proxy.ruleset.Rulesets.route;
import static dev.gatehouse.proxy.ruleset.Rulesets.rule;
import static dev.gatehouse.proxy.store.Stores.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.firewall.Firewall.Reason;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.route.TlsVersion;
import dev.gatehouse.proxy.store.Database.Row;
import dev.gatehouse.proxy.store.StoreException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each table created, read, changed and deleted, column by column. */
class RowsTest {

  private static final ListenerConfig FULL =
      new ListenerConfig(
          endpoint("[2001:db8::1]:443"),
          new Guard(true, List.of(network("10.0.0.0/8"), network("2001:db8::/32")), 7),
          List.of(),
          Optional.of(name("*.example.org")),
          Optional.of(name("a.example.org")));

  private static final Route WHOLE =
      new Route(
          name("*.example.org"),
          RouteMode.L7,
          List.of(destination("[2001:db8::5]:443"), destination("git.internal:443")),
          Balance.LEAST_CONNECTIONS,
          Duration.ofMillis(1500),
          Optional.of(Set.of(SentTlv.values())),
          Optional.of(Duration.ZERO),
          new L7Settings(
              "/certs/a.pem",
              "/certs/a.key",
              Optional.of(new BackendTls(false, "/certs/ca.pem", "git.internal")),
              BackendProtocol.H2C,
              Optional.of(TlsVersion.TLS_1_3),
              Optional.of(Duration.ofHours(24)),
              OptionalLong.of(Long.MAX_VALUE),
              List.of()));

  private static final Route BARE = route("a.org", "10.0.0.5:443");

  @TempDir private Path folder;
  private Database database;
  private ListenerRows listeners;
  private RouteRows routes;
  private L7PolicyRows policies;
  private FirewallRows firewall;

  @BeforeEach
  void open() throws StoreException {
    database = Stores.database(folder.resolve("gatehouse.db"));
    listeners = new ListenerRows(database);
    routes = new RouteRows(database);
    policies = new L7PolicyRows(database);
    firewall = new FirewallRows(database);
  }

  @AfterEach
  void close() throws StoreException {
    database.close();
  }

  @Test
  void listenersComeBackWholeAndInOrder() throws StoreException {
    ListenerConfig bare = listener(":443");
    long first = listeners.createListener(FULL);
    long second = listeners.createListener(bare);
    assertThat(listeners.listListeners())
        .containsExactly(new Row<>(first, FULL), new Row<>(second, bare));
    assertThat(listeners.getListenerId(FULL.address())).hasValue(first);
    assertThat(listeners.getListenerId(endpoint(":1"))).isEmpty();
    refused(Kind.EXISTS, () -> listeners.createListener(FULL.withMaxConnections(1)));
  }

  @Test
  void theLimitOfAListenerIsChangedAloneAndAllElseWithoutIt() throws StoreException {
    long id = listeners.createListener(FULL);
    assertThat(listeners.updateListenerMaxConns(FULL.address(), 9)).isTrue();
    assertThat(listeners.listListeners())
        .containsExactly(new Row<>(id, FULL.withMaxConnections(9)));
    ListenerConfig bare = listener("[2001:db8::1]:443");
    assertThat(listeners.updateListener(bare)).isTrue();
    assertThat(listeners.listListeners())
        .containsExactly(new Row<>(id, bare.withMaxConnections(9)));
    assertThat(listeners.updateListenerMaxConns(endpoint(":1"), 9)).isFalse();
    assertThat(listeners.updateListener(listener(":1"))).isFalse();
  }

  @Test
  void aDeletedListenerTakesItsRoutesAndTheirPoliciesAlong() throws StoreException {
    long gone = listeners.createListener(FULL);
    long stays = listeners.createListener(listener(":443"));
    policies.createL7Policy(routes.createRoute(gone, BARE), blocked("BadBot"));
    long kept = routes.createRoute(stays, BARE);
    policies.createL7Policy(kept, blocked("BadBot"));
    assertThat(listeners.deleteListener(FULL.address())).isTrue();
    assertThat(listeners.deleteListener(FULL.address())).isFalse();
    assertThat(routes.listRoutes(gone)).isEmpty();
    assertThat(database.number("SELECT count(*) FROM routes")).isEqualTo(1);
    assertThat(policies.listByRoute()).containsOnlyKeys(kept);
  }

  @Test
  void routesComeBackWholeAndInOrder() throws StoreException {
    long listener = listeners.createListener(FULL);
    long first = routes.createRoute(listener, WHOLE);
    long second = routes.createRoute(listener, BARE);
    assertThat(routes.listRoutes(listener))
        .containsExactly(new Row<>(first, WHOLE), new Row<>(second, BARE));
    assertThat(routes.getRouteId(listener, WHOLE.hostname())).hasValue(first);
    assertThat(routes.getRouteId(listener, name("b.org"))).isEmpty();
    assertThat(routes.getRouteId(9, WHOLE.hostname())).isEmpty();
    refused(Kind.EXISTS, () -> routes.createRoute(listener, WHOLE));
  }

  @Test
  void aRouteIsOneOfItsListenerAlone() throws StoreException {
    long one = listeners.createListener(FULL);
    long other = listeners.createListener(listener(":443"));
    routes.createRoute(one, BARE);
    routes.createRoute(other, BARE);
    assertThat(routes.deleteRoute(one, BARE.hostname())).isTrue();
    assertThat(routes.deleteRoute(one, BARE.hostname())).isFalse();
    assertThat(routes.listRoutes(one)).isEmpty();
    assertThat(routes.listRoutes(other)).extracting(Row::value).containsExactly(BARE);
  }

  @Test
  void aRouteThatIsPutIsCreatedOrReplacedInEveryColumn() throws StoreException {
    long listener = listeners.createListener(FULL);
    Route first = renamed(WHOLE);
    routes.upsertRoute(listener, first);
    long id = routes.getRouteId(listener, BARE.hostname()).orElseThrow();
    policies.createL7Policy(id, blocked("BadBot"));
    assertThat(routes.listRoutes(listener)).containsExactly(new Row<>(id, first));
    routes.upsertRoute(listener, BARE);
    assertThat(routes.listRoutes(listener)).containsExactly(new Row<>(id, BARE));
    routes.upsertRoute(listener, first);
    assertThat(routes.listRoutes(listener)).containsExactly(new Row<>(id, first));
    assertThat(policies.listL7Policies(id)).containsExactly(blocked("BadBot"));
  }

  /** With the hostname of the bare one. */
  private static Route renamed(Route route) {
    return new Route(
        BARE.hostname(),
        route.mode(),
        route.backends(),
        route.balance(),
        route.healthInterval(),
        route.header(),
        route.idleTimeout(),
        route.l7());
  }

  @Test
  void policiesComeBackInTheOrderOfTheirComing() throws StoreException {
    long route = routes.createRoute(listeners.createListener(FULL), BARE);
    policies.createL7Policy(route, required("X"));
    policies.createL7Policy(route, blocked("X"));
    policies.createL7Policy(route, blocked("A\"' 🤖"));
    assertThat(policies.listL7Policies(route))
        .containsExactly(required("X"), blocked("X"), blocked("A\"' 🤖"))
        .isEqualTo(policies.listByRoute().get(route));
    refused(Kind.EXISTS, () -> policies.createL7Policy(route, blocked("X")));
    assertThat(policies.deleteL7Policy(route, required("X"))).isTrue();
    assertThat(policies.deleteL7Policy(route, required("X"))).isFalse();
    policies.createL7Policy(route, required("X"));
    assertThat(policies.listL7Policies(route))
        .containsExactly(blocked("X"), blocked("A\"' 🤖"), required("X"));
  }

  @Test
  void aDeletedRouteTakesItsPoliciesAlong() throws StoreException {
    long listener = listeners.createListener(FULL);
    long route = routes.createRoute(listener, BARE);
    policies.createL7Policy(route, required("X"));
    routes.deleteRoute(listener, BARE.hostname());
    assertThat(policies.listL7Policies(route)).isEmpty();
    assertThat(policies.listByRoute()).isEmpty();
  }

  @Test
  void rulesOfTheFirewallComeBack() throws StoreException {
    List<FirewallRule> rules =
        List.of(
            rule(Reason.IP, "192.0.2.1"),
            rule(Reason.IP, "::ffff:192.0.2.2"),
            rule(Reason.IP, "2001:DB8:0::1"),
            rule(Reason.CIDR, "192.0.2.0/24"),
            rule(Reason.CIDR, "2001:db8::/32"),
            rule(Reason.COUNTRY, "nl"));
    for (FirewallRule rule : rules) {
      firewall.createFirewallRule(rule);
    }
    assertThat(firewall.listFirewallRules()).isEqualTo(FirewallRules.of(rules));
    refused(Kind.EXISTS, () -> firewall.createFirewallRule(rule(Reason.IP, "192.0.2.2")));
    assertThat(firewall.deleteFirewallRule(rule(Reason.IP, "192.0.2.2"))).isTrue();
    assertThat(firewall.deleteFirewallRule(rule(Reason.IP, "192.0.2.2"))).isFalse();
    assertThat(firewall.listFirewallRules().size()).isEqualTo(5);
  }

  @Test
  void valuesStandInTheDatabaseAsOperatorsReadThem() throws StoreException {
    routes.createRoute(listeners.createListener(FULL), WHOLE);
    firewall.createFirewallRule(rule(Reason.IP, "2001:DB8:0::1"));
    assertThat(database.text("SELECT value FROM firewall_rules")).isEqualTo("2001:db8::1");
    assertThat(database.text("SELECT trusted_proxies FROM listeners"))
        .isEqualTo("[\"10.0.0.0/8\",\"2001:db8::/32\"]");
    assertThat(database.text("SELECT backend || ' ' || backends FROM routes"))
        .isEqualTo("[2001:db8::5]:443 [\"[2001:db8::5]:443\",\"git.internal:443\"]");
    assertThat(database.text("SELECT send_proxy_tlvs FROM routes"))
        .isEqualTo("[\"authority\",\"alpn\",\"unique_id\",\"ssl\",\"crc32c\"]");
  }
}
