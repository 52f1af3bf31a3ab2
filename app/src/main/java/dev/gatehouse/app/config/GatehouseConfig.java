package dev.gatehouse.app.config;

import dev.gatehouse.app.welcome.WelcomeConfig;
import dev.gatehouse.config.Section;
import dev.gatehouse.config.value.Secret;
import dev.gatehouse.control.ops.OpsConfig;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.net.firewall.FirewallConfig;
import dev.gatehouse.net.tls.SelfSigned;
import dev.gatehouse.proxy.config.ProxyConfig;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.relay.config.ListenSettings;
import dev.gatehouse.relay.config.PushSettings;
import dev.gatehouse.relay.config.RelayConfig;
import dev.gatehouse.relay.push.ServiceAccount;
import dev.gatehouse.tracker.config.TrackerConfig;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.host.HostConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * The sum of what the features are told.
 *
 * @param proxyOn whether the proxy runs; without its section in a file it does not
 * @param relayOn whether the relay runs; the same
 * @param trackerOn whether the tracker runs; the same
 * @param watchOn whether the watch runs; the same
 */
public record GatehouseConfig(
    OpsConfig ops,
    FirewallConfig firewall,
    boolean proxyOn,
    ProxyConfig proxy,
    boolean relayOn,
    RelayConfig relay,
    boolean trackerOn,
    TrackerConfig tracker,
    WelcomeConfig welcome,
    boolean watchOn,
    WatchConfig watch,
    HostConfig host) {

  /** What is told of an address without TLS that more than this host can reach. */
  public static final String PLAIN_IN_PRODUCTION =
      " is refused in production; use an address of loopback, or TLS";

  /** Reads the whole of it. */
  public static GatehouseConfig read(Section root) {
    OpsConfig ops = OpsConfig.read(root.section("ops", "How the daemon as a whole is run."));
    Section proxy = root.section("proxy", "The TLS front door; off without this section.");
    Section relay = root.section("relay", "The rendezvous of daemons and phones; off without it.");
    Section tracker = root.section("tracker", "The BitTorrent tracker; off without this section.");
    Section watch = root.section("watch", "What this host exposes; off without this section.");
    GatehouseConfig config =
        new GatehouseConfig(
            ops,
            FirewallConfig.read(
                root.section("firewall", "Whom the public listeners of all services let in.")),
            proxy.isPresent(),
            ProxyConfig.read(proxy, builtIn(ops)),
            relay.isPresent(),
            RelayConfig.read(relay, ops.state().resolve(CERTIFICATES)),
            tracker.isPresent(),
            TrackerConfig.read(tracker),
            WelcomeConfig.read(
                root.section("welcome", "A TLS page to try the proxy with; off without it.")),
            watch.isPresent(),
            WatchConfig.read(watch),
            HostConfig.read(watch.section("host", "Measurements of the host itself.")));
    ops.listen()
        .filter(guarded -> ProxyConfig.publishes(config.proxy().listeners(), guarded))
        .ifPresent(guarded -> refuseToPublish(proxy, guarded));
    if (ops.production()) {
      config.proxy().listeners().stream()
          .flatMap(listener -> listener.routes().stream())
          .filter(Route::isInTheOpen)
          .forEach(route -> refuseOpen(proxy, route));
      refusePlain(relay, config);
    }
    checkCredentials(relay, config.relay().push());
    return config;
  }

  private static void checkCredentials(Section relay, PushSettings push) {
    if (push.credentials().map(Secret::reveal).flatMap(ServiceAccount::read).isEmpty()
        && push.credentials().isPresent()) {
      relay
          .section("push", "")
          .reject("fcm_credentials", "expected " + ServiceAccount.EXPECTED + " (value withheld)");
    }
  }

  private static void refusePlain(Section section, GatehouseConfig config) {
    ListenSettings listen = config.relay().listen();
    boolean plain = config.relayOn() && listen.certificate().isEmpty();
    if (plain && listen.address().address().scope() != AddressScope.LOOPBACK) {
      section.reject("insecure_listen", listen.address() + PLAIN_IN_PRODUCTION);
    }
  }

  private static void refuseOpen(Section proxy, Route route) {
    proxy.reject(
        "listeners",
        "the route %s would send decrypted requests to a public address; set backend_tls = true"
            .formatted(route.hostname()));
  }

  /** The folder of the daemon's own certificate, within that of its state. */
  public static final String CERTIFICATES = "certs";

  private static ProxyConfig.BuiltIn builtIn(OpsConfig ops) {
    Path certificates = ops.state().resolve(CERTIFICATES);
    return new ProxyConfig.BuiltIn(
        WelcomeConfig.DEFAULT,
        ops.listen().orElse(OpsConfig.DEFAULT_LISTEN),
        certificates.resolve(SelfSigned.CERTIFICATE).toString(),
        certificates.resolve(SelfSigned.KEY).toString());
  }

  /** The same with files that are found from that folder, if they were not to be found alone. */
  public GatehouseConfig in(Path folder) {
    return new GatehouseConfig(
        ops,
        firewall,
        proxyOn,
        proxy.in(folder),
        relayOn,
        relay.in(folder),
        trackerOn,
        tracker.in(folder),
        welcome,
        watchOn,
        watch,
        host);
  }

  /** The same with the relay, and with no other service. */
  public GatehouseConfig relayAlone() {
    return new GatehouseConfig(
        ops,
        firewall,
        false,
        proxy,
        true,
        relay,
        false,
        tracker,
        WelcomeConfig.OFF,
        false,
        watch,
        host);
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
