package dev.gatehouse.app.relay;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.config.GatehouseConfig;
import java.util.Map;

/**
 * Looks for a platform that may run several instances: each would know only its own binaries, and
 * phones that reach another one would be told that there is nobody.
 */
public final class SingleInstance {

  private static final String PLATFORM = "FLY_APP_NAME";

  private SingleInstance() {}

  /** What there is to say of this environment. */
  public static Finding check(GatehouseConfig config, Map<String, String> environment) {
    boolean several = !environment.getOrDefault(PLATFORM, "").isEmpty();
    return config.relayOn() && several && !config.relay().singleInstance()
        ? new Finding.Refusal(
            BootCheck.SINGLE_INSTANCE,
            "multi-instance deploy detected: FLY_APP_NAME is set",
            "set relay.single_instance = true, or PYRYCODE_RELAY_SINGLE_INSTANCE=1 for the drop-in"
                + " command, when exactly one instance runs",
            Map.of())
        : new Finding.Passed(BootCheck.SINGLE_INSTANCE);
  }
}
