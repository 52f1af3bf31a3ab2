package dev.gatehouse.proxy.ruleset;

import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.value.DurationText;
import dev.gatehouse.config.value.SizeText;
import dev.gatehouse.net.firewall.FirewallRules;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.Balance;
import dev.gatehouse.proxy.route.L7Policy;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.proxy.route.TlsVersion;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A ruleset as the configuration writes it: reading the tree gives the same ruleset. Keys that have
 * their default are left out.
 */
public final class RulesetTree {

  private final Map<String, Node> entries = new LinkedHashMap<>();

  private RulesetTree() {}

  /** The value of {@code proxy.listeners}. */
  public static Array listeners(List<ListenerConfig> listeners) {
    return new Array(0, listeners.stream().<Node>map(RulesetTree::listener).toList());
  }

  /** One of {@code proxy.listeners}. */
  public static Table listener(ListenerConfig listener) {
    RulesetTree tree = new RulesetTree();
    tree.text("addr", listener.address().toString());
    tree.flag("proxy_protocol", listener.guard().proxyProtocol(), false);
    tree.texts("trusted_proxies", listener.guard().trustedProxies());
    if (listener.guard().maxConnections() > 0) {
      tree.entries.put("max_connections", Scalar.integer(listener.guard().maxConnections()));
    }
    listener.fallback().ifPresent(name -> tree.text("default_route", name.toString()));
    listener.unnamed().ifPresent(name -> tree.text("no_sni_route", name.toString()));
    if (!listener.routes().isEmpty()) {
      List<Node> routes = listener.routes().stream().<Node>map(RulesetTree::route).toList();
      tree.entries.put("routes", new Array(0, routes));
    }
    return tree.table();
  }

  /** One of {@code proxy.listeners.routes}. */
  public static Table route(Route route) {
    RulesetTree tree = new RulesetTree();
    tree.text("hostname", route.hostname().toString());
    tree.text("mode", route.mode().label());
    tree.backends(route);
    route.header().ifPresent(tree::header);
    route.idleTimeout().ifPresent(timeout -> tree.duration("idle_timeout", timeout));
    tree.l7(route.l7());
    return tree.table();
  }

  /** The keys of {@code firewall} that hold its rules. */
  public static Map<String, Node> firewall(FirewallRules rules) {
    RulesetTree tree = new RulesetTree();
    tree.entries.put("blocked_ips", array(rules.addresses()));
    tree.entries.put("blocked_cidrs", array(rules.networks()));
    tree.entries.put("blocked_countries", array(rules.countries()));
    return tree.entries;
  }

  private void backends(Route route) {
    if (route.backends().size() == 1) {
      text("backend", route.backends().getFirst().toString());
    } else {
      texts("backends", route.backends());
    }
    if (route.balance() != Balance.ROUND_ROBIN) {
      text("balance", route.balance().label());
    }
    if (route.healthInterval().isPositive()) {
      duration("health_interval", route.healthInterval());
    }
  }

  private void header(Set<SentTlv> told) {
    flag("send_proxy_protocol", true, false);
    texts(
        "send_proxy_tlvs", Stream.of(SentTlv.values()).filter(told::contains).map(SentTlv::label));
  }

  private void l7(L7Settings l7) {
    optional("tls_cert", l7.certificate());
    optional("tls_key", l7.key());
    l7.backendTls().ifPresent(this::backendTls);
    if (l7.backendProtocol() != BackendProtocol.AUTO) {
      text("backend_protocol", l7.backendProtocol().label());
    }
    l7.tlsMinVersion().map(TlsVersion::label).ifPresent(label -> text("tls_min_version", label));
    l7.responseHeaderTimeout().ifPresent(timeout -> duration("response_header_timeout", timeout));
    l7.maxRequestBody().ifPresent(bytes -> text("max_request_body", SizeText.print(bytes)));
    if (!l7.policies().isEmpty()) {
      List<Node> policies = l7.policies().stream().<Node>map(RulesetTree::policy).toList();
      entries.put("l7_policies", new Array(0, policies));
    }
  }

  private void backendTls(BackendTls tls) {
    flag("backend_tls", true, false);
    flag("backend_tls_verify", tls.verify(), true);
    optional("backend_tls_ca", tls.authorities());
    optional("backend_tls_name", tls.name());
  }

  private static Table policy(L7Policy policy) {
    RulesetTree tree = new RulesetTree();
    tree.text("type", policy.type().label());
    tree.text("value", policy.value());
    return tree.table();
  }

  private Table table() {
    return new Table(0, entries);
  }

  private void text(String key, String value) {
    entries.put(key, Scalar.text(value));
  }

  private void optional(String key, String value) {
    if (!value.isEmpty()) {
      text(key, value);
    }
  }

  private void duration(String key, Duration value) {
    text(key, DurationText.print(value));
  }

  private void flag(String key, boolean value, boolean usual) {
    if (value != usual) {
      entries.put(key, new Scalar(0, Kind.BOOLEAN, Boolean.toString(value)));
    }
  }

  private void texts(String key, Collection<?> values) {
    texts(key, values.stream().map(Object::toString));
  }

  private void texts(String key, Stream<String> values) {
    Array array = new Array(0, values.<Node>map(Scalar::text).toList());
    if (!array.elements().isEmpty()) {
      entries.put(key, array);
    }
  }

  private static Array array(Collection<?> values) {
    return new Array(0, values.stream().<Node>map(value -> Scalar.text(value.toString())).toList());
  }
}
