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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final List<String> SERVICES = List.of("proxy", "relay", "tracker");

  /** Keys of those that belong to sockets, or to what is made once. */
  private static final Set<String> OF_SOCKETS =
      Set.of(
          "proxy.reuse_port",
          "proxy.backlog",
          "relay.insecure_listen",
          "relay.https_listen",
          "relay.http_listen",
          "relay.cert_cache",
          "relay.acme_directory",
          "relay.acme_email",
          "relay.single_instance",
          "relay.legacy_metric_names",
          "relay.domain",
          "relay.tls_cert",
          "relay.tls_key",
          "relay.tls_min_version");

  /** Lists of ports whose keys are compared one by one. */
  private static final Set<String> PORTS = Set.of("tracker.http", "tracker.udp");

  /** A key of one of those ports; the groups are the port and the key. */
  private static final Pattern OF_PORT =
      Pattern.compile("(tracker\\.(?:http|udp)\\[[0-9]+]\\.)(.*)");

  /** Keys of ports that belong to sockets, or to what is counted for them. */
  private static final Set<String> OF_PORT_SOCKETS =
      Set.of(
          "addr",
          "reuse_port",
          "workers",
          "tls",
          "max_datagram",
          "receive_buffer",
          "request_timing");

  private static final String STORAGE = "tracker.storage.";
  private static final String PEER_LIFETIME = "tracker.storage.config.peer_lifetime";

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
        (isLive(key, running) && isOfSamePort(key, old, now) ? live : restart).add(key);
      }
    }
    return new Rereading(live, restart);
  }

  private static boolean isLive(String key, List<String> running) {
    boolean made = OF_SOCKETS.contains(key) || isOfStorage(key);
    return LIVE.contains(key) || (!made && running.stream().anyMatch(key::startsWith));
  }

  private static boolean isOfStorage(String key) {
    return key.startsWith(STORAGE) && !key.equals(PEER_LIFETIME);
  }

  /** Whether a key is of no such port, or of one that is still at its address. */
  private static boolean isOfSamePort(
      String key, Map<String, String> old, Map<String, String> now) {
    Matcher port = OF_PORT.matcher(key);
    if (!port.matches()) {
      return true;
    }
    String address = port.group(1) + "addr";
    return !OF_PORT_SOCKETS.contains(port.group(2))
        && old.containsKey(address)
        && Objects.equals(old.get(address), now.get(address));
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
                case Node.Array ports when PORTS.contains(path + name) ->
                    flattenEach(path + name, ports, flat);
                case Node.Array _, Node.Scalar _ -> flat.put(path + name, TomlText.value(node));
              }
            });
  }

  private static void flattenEach(String path, Node.Array ports, Map<String, String> flat) {
    for (int i = 0; i < ports.elements().size(); i++) {
      if (ports.elements().get(i) instanceof Node.Table port) {
        flatten(path + '[' + i + "].", port, flat);
      }
    }
  }
}
