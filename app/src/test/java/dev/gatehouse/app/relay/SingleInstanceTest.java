package dev.gatehouse.app.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.config.ConfigResult;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 2b.6 of the relay's specification. */
class SingleInstanceTest {

  @ParameterizedTest
  @CsvSource({
    "app, false, true, refused",
    "app, true, true, passed",
    "'', false, true, passed",
    "'', true, true, passed",
    "app, false, false, passed",
  })
  void aPlatformOfManyNeedsTheWordOfTheOperator(
      String platform, boolean vouched, boolean relay, String found) {
    String file =
        "[relay]\ninsecure_listen = '127.0.0.1:8080'\nsingle_instance = " + vouched + "\n";
    Finding finding =
        SingleInstance.check(config(relay ? file : "[ops]"), Map.of("FLY_APP_NAME", platform));
    assertThat(finding)
        .isEqualTo(
            found.equals("passed")
                ? new Finding.Passed(BootCheck.SINGLE_INSTANCE)
                : new Finding.Refusal(
                    BootCheck.SINGLE_INSTANCE,
                    "multi-instance deploy detected: FLY_APP_NAME is set",
                    "set relay.single_instance = true, or PYRYCODE_RELAY_SINGLE_INSTANCE=1 for the"
                        + " drop-in command, when exactly one instance runs",
                    Map.of()));
  }

  private static GatehouseConfig config(String toml) {
    return switch (ConfigFile.read("gatehouse.toml", toml, Map.of())) {
      case ConfigResult.Loaded<GatehouseConfig> loaded -> loaded.value();
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }
}
