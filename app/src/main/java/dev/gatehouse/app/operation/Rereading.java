package dev.gatehouse.app.operation;

import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * In which keys a configuration that was read again differs from the one before.
 *
 * @param live keys whose new values take effect at once
 * @param restart keys whose new values wait for the next start
 */
record Rereading(List<String> live, List<String> restart) {

  /** What the database rules; the file's values are drift and nothing else. */
  private static final Set<String> OF_THE_STORE =
      Set.of(
          "proxy.listeners",
          "firewall.blocked_ips",
          "firewall.blocked_cidrs",
          "firewall.blocked_countries");

  private static final Set<String> LIVE =
      Set.of(
          "ops.shutdown_timeout",
          "ops.drain_delay",
          "ops.log.level",
          "firewall.geoip_db",
          "firewall.geoip_poll_interval",
          "firewall.rate_limit",
          "firewall.rate_window",
          "firewall.rate_table_size",
          "firewall.max_connections_per_address");

  /** Services whose keys are live while they run. */
  private static final List<String> SERVICES = List.of("proxy", "relay");

  /** Keys of those that belong to sockets, or to what is made once. */
  private static final Set<String> OF_SOCKETS =
      Set.of(
          "proxy.reuse_port",
          "proxy.backlog",
          "relay.insecure_listen",
          "relay.https_listen",
          "relay.domain",
          "relay.tls_cert",
          "relay.tls_key",
          "relay.tls_min_version");

  private static final String PUSH = "relay.push.";

  public Rereading {
    live = List.copyOf(live);
    restart = List.copyOf(restart);
  }

  /** Compares two effective configurations. */
  static Rereading between(Node.Table before, Node.Table after) {
    Map<String, String> old = flat(before);
    Map<String, String> now = flat(after);
    List<String> running =
        SERVICES.stream()
            .filter(before.entries()::containsKey)
            .filter(after.entries()::containsKey)
            .map(service -> service + '.')
            .toList();
    SortedSet<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(now.keySet());
    List<String> live = new ArrayList<>();
    List<String> restart = new ArrayList<>();
    for (String key : keys) {
      if (!Objects.equals(old.get(key), now.get(key)) && !OF_THE_STORE.contains(key)) {
        (isLive(key, running) ? live : restart).add(key);
      }
    }
    return new Rereading(live, restart);
  }

  private static boolean isLive(String key, List<String> running) {
    boolean made = OF_SOCKETS.contains(key) || key.startsWith(PUSH);
    return LIVE.contains(key) || (!made && running.stream().anyMatch(key::startsWith));
  }

  private static Map<String, String> flat(Node.Table root) {
    Map<String, String> flat = new TreeMap<>();
    flatten("", root, flat);
    return flat;
  }

  private static void flatten(String path, Node.Table table, Map<String, String> flat) {
    table
        .entries()
        .forEach(
            (name, node) -> {
              switch (node) {
                case Node.Table inner -> flatten(path + name + '.', inner, flat);
                case Node.Array _, Node.Scalar _ -> flat.put(path + name, TomlText.value(node));
              }
            });
  }
}
