package dev.gatehouse.app.config;

import dev.gatehouse.app.welcome.WelcomeConfig;
import dev.gatehouse.config.Section;
import dev.gatehouse.control.ops.OpsConfig;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.FirewallConfig;
import dev.gatehouse.proxy.config.ProxyConfig;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.host.HostConfig;
import java.util.List;

/**
 * The sum of what the features are told.
 *
 * @param proxyOn whether the proxy runs; without its section in a file it does not
 * @param watchOn whether the watch runs; the same
 */
public record GatehouseConfig(
    OpsConfig ops,
    FirewallConfig firewall,
    boolean proxyOn,
    ProxyConfig proxy,
    WelcomeConfig welcome,
    boolean watchOn,
    WatchConfig watch,
    HostConfig host) {

  /** Reads the whole of it. */
  public static GatehouseConfig read(Section root) {
    OpsConfig ops = OpsConfig.read(root.section("ops", "How the daemon as a whole is run."));
    Section proxy = root.section("proxy", "The TLS front door; off without this section.");
    Section watch = root.section("watch", "What this host exposes; off without this section.");
    GatehouseConfig config =
        new GatehouseConfig(
            ops,
            FirewallConfig.read(
                root.section("firewall", "Whom the public listeners of all services let in.")),
            proxy.isPresent(),
            ProxyConfig.read(proxy, WelcomeConfig.DEFAULT),
            WelcomeConfig.read(
                root.section("welcome", "A TLS page to try the proxy with; off without it.")),
            watch.isPresent(),
            WatchConfig.read(watch),
            HostConfig.read(watch.section("host", "Measurements of the host itself.")));
    ops.listen()
        .filter(guarded -> ProxyConfig.publishes(config.proxy().listeners(), guarded))
        .ifPresent(guarded -> refuseToPublish(proxy, guarded));
    return config;
  }

  private static void refuseToPublish(Section proxy, Endpoint guarded) {
    proxy.reject(
        "listeners",
        "a route leads to ops.listen (%s), which a listener that is not on loopback would publish"
            .formatted(guarded));
  }

  /** What the file has of that which the database rules. */
  public Ruleset ruleset() {
    return new Ruleset(proxyOn ? proxy.listeners() : List.of(), firewall.rules());
  }
}
