package dev.gatehouse.app;

import dev.gatehouse.config.Section;
import dev.gatehouse.control.ops.OpsConfig;
import dev.gatehouse.watch.WatchConfig;
import dev.gatehouse.watch.host.HostConfig;

/**
 * The sum of what the features are told.
 *
 * @param watchOn whether the watch runs; without its section in a file it does not
 */
record GatehouseConfig(OpsConfig ops, boolean watchOn, WatchConfig watch, HostConfig host) {

  static GatehouseConfig read(Section root) {
    OpsConfig ops = OpsConfig.read(root.section("ops", "How the daemon as a whole is run."));
    Section watch = root.section("watch", "What this host exposes; off without this section.");
    return new GatehouseConfig(
        ops,
        watch.isPresent(),
        WatchConfig.read(watch),
        HostConfig.read(watch.section("host", "Measurements of the host itself.")));
  }
}
