package dev.gatehouse.tracker.config;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.Section;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.address.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The table {@code [tracker]}. */
public record TrackerConfig(
    AnnounceRules announces,
    List<HttpFrontendConfig> http,
    List<UdpFrontendConfig> udp,
    LimitRules limits,
    StorageRules storage,
    List<HookConfig> preHooks,
    List<HookConfig> postHooks) {

  private static final int MAX_HOOKS = 16;
  private static final int MAX_FRONTENDS = 64;
  private static final Endpoint BUILT_IN = new Endpoint(IpAddress.ipv4(0x7f00_0001), 6969);

  public TrackerConfig {
    http = List.copyOf(http);
    udp = List.copyOf(udp);
    preHooks = List.copyOf(preHooks);
    postHooks = List.copyOf(postHooks);
  }

  /** The same with files that are found from that folder, if they were not to be found alone. */
  public TrackerConfig in(Path folder) {
    return new TrackerConfig(
        announces,
        http.stream().map(port -> port.in(folder)).toList(),
        udp,
        limits,
        storage,
        preHooks.stream().map(hook -> hook.in(folder)).toList(),
        postHooks.stream().map(hook -> hook.in(folder)).toList());
  }

  /** Reads the table. */
  public static TrackerConfig read(Section tracker) {
    AnnounceRules announces = AnnounceRules.read(tracker);
    List<HttpFrontendConfig> http =
        tracker.tables("http", "ports for HTTP", MAX_FRONTENDS, HttpFrontendConfig::read);
    List<UdpFrontendConfig> udp =
        tracker.tables("udp", "ports for UDP", MAX_FRONTENDS, UdpFrontendConfig::read);
    List<HookConfig> preHooks = hooks(tracker, "prehooks", "asked before an answer, in order");
    List<HookConfig> postHooks = hooks(tracker, "posthooks", "told after an answer, in order");
    Duration interval = announces.interval().plus(longest(preHooks));
    TrackerConfig config =
        new TrackerConfig(
            announces,
            tracker.isBuiltIn() ? List.of(defaults(HttpFrontendConfig::read).at(BUILT_IN)) : http,
            tracker.isBuiltIn() ? List.of(defaults(UdpFrontendConfig::read).at(BUILT_IN)) : udp,
            LimitRules.read(
                tracker.section("limits", "what one client may do, and how much there may be")),
            StorageRules.read(tracker.section("storage", "where swarms are kept"), interval),
            preHooks,
            postHooks);
    config.check(tracker);
    return config;
  }

  private static List<HookConfig> hooks(Section tracker, String key, String description) {
    return tracker.tables(key, description, MAX_HOOKS, HookReader::read);
  }

  private static Duration longest(List<HookConfig> hooks) {
    return hooks.stream()
        .map(HookConfig::maxIncrease)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** What a table is that says nothing. */
  private static <T> T defaults(Function<Section, T> reader) {
    return switch (Configuration.of(reader).read(ConfigSource.builtIn())) {
      case ConfigResult.Loaded<T> loaded -> loaded.value();
      case ConfigResult.Refused<T> refused -> throw new IllegalStateException(refused.toString());
    };
  }

  private void check(Section tracker) {
    if (tracker.isPresent() && http.isEmpty() && udp.isEmpty()) {
      tracker.reject(
          "http", "no frontends configured (expected: [[tracker.http]] or [[tracker.udp]])");
    }
    contend(
        tracker,
        "http",
        http.stream().filter(f -> !f.reusePort()).map(HttpFrontendConfig::address));
    contend(
        tracker, "udp", udp.stream().filter(f -> !f.reusePort()).map(UdpFrontendConfig::address));
    if (!udp.isEmpty() && preHooks.stream().anyMatch(TrackerConfig::asksScrapes)) {
      tracker.warn("prehooks", "jwt refuses every scrape by UDP, which has no parameters");
    }
  }

  private static boolean asksScrapes(HookConfig hook) {
    return hook instanceof HookConfig.Jwt jwt && jwt.scrapes();
  }

  private static void contend(Section tracker, String key, Stream<Endpoint> addresses) {
    List<Endpoint> before = new ArrayList<>();
    addresses.forEach(
        address -> {
          if (before.stream().anyMatch(earlier -> ListenAddress.overlap(earlier, address))) {
            tracker.reject(key, address + " is there twice; remove one, or set reuse_port");
          }
          before.add(address);
        });
  }
}
