package dev.gatehouse.tracker.http;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.config.HttpFrontendConfig;
import dev.gatehouse.tracker.config.TrackerConfig;

/** Settings of HTTP listeners, by the keys that differ from the defaults. */
final class HttpConfigs {

  private static final Endpoint ANY_PORT = new Endpoint(IpAddress.ipv4(0x7f00_0001), 0);

  private HttpConfigs() {}

  /** At a free port of loopback. */
  static HttpFrontendConfig of(String toml) {
    HttpFrontendConfig read =
        switch (Configuration.of(root -> TrackerConfig.read(root.section("tracker", "t")))
            .read(ConfigSource.text("gatehouse.toml", "[[tracker.http]]\n" + toml))) {
          case ConfigResult.Loaded<TrackerConfig> loaded -> loaded.value().http().getFirst();
          case ConfigResult.Refused<TrackerConfig> refused ->
              throw new AssertionError(refused.problems());
        };
    return new HttpFrontendConfig(
        ANY_PORT,
        read.reusePort(),
        read.guard(),
        read.trustedProxies(),
        read.realIpHeader(),
        read.tls(),
        read.times(),
        read.maxHeaderSize(),
        read.keepAlive(),
        read.routes(),
        read.rules());
  }
}
