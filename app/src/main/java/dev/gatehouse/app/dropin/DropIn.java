package dev.gatehouse.app.dropin;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.config.ConfigFile;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The relay as it is started in the place of its predecessor. */
public record DropIn(Arguments arguments, Map<String, String> environment) {

  private static final String FOLDER = ".pyrycode-relay/certs";

  public DropIn {
    environment = Map.copyOf(environment);
  }

  /** What there is to say to somebody who asks for help. */
  public static String help() {
    List<String> lines = new ArrayList<>();
    lines.add("Usage: gatehouse relay [FLAGS]");
    lines.add("       gatehouse relay servers|server|kick|bans   about a relay that runs");
    lines.add("Runs the relay and the listener of its metrics, and nothing else.");
    lines.add("");
    for (RelayFlag flag : RelayFlag.values()) {
      lines.add(flag.help());
    }
    lines.add("  --config FILE                 all other settings; flags count more");
    lines.add("  --version                     print the version");
    lines.add("");
    lines.add("Variables: PYRYCODE_RELAY_PRODUCTION=1, PYRYCODE_RELAY_SINGLE_INSTANCE=1,");
    lines.add("PYRYCODE_RELAY_FCM_CREDENTIALS, and GATEHOUSE_<SECTION>_<KEY> for every key.");
    return String.join("\n", lines);
  }

  /**
   * Reads the configuration that all of it amounts to.
   *
   * @throws IOException with a message for the operator if its file cannot be read
   */
  public ConfigResult<GatehouseConfig> read() throws IOException {
    ConfigResult<GatehouseConfig> result =
        ConfigFile.read(arguments.config(), source(), environment);
    return switch (result) {
      case ConfigResult.Loaded<GatehouseConfig> loaded ->
          new ConfigResult.Loaded<>(
              loaded.value().relayAlone(), loaded.effective(), loaded.warnings());
      case ConfigResult.Refused<GatehouseConfig>(
              List<ConfigProblem> problems,
              Optional<GatehouseConfig> standIn) ->
          new ConfigResult.Refused<>(problems, standIn.map(GatehouseConfig::relayAlone));
    };
  }

  private ConfigSource source() throws IOException {
    ConfigSource source =
        arguments.config().isPresent()
            ? ConfigFile.source(arguments.config().get())
            // without a file every other service would be on
            : ConfigSource.text("", "");
    source =
        source
            .withPreset(RelayFlag.CERT_CACHE.key(), certificates())
            .withPreset("relay.legacy_metric_names", "true")
            .withPreset("ops.control", "")
            .withPreset("ops.capability_check", "refuse");
    for (Variables.Row row : Variables.usable(environment)) {
      source = source.with(row.key(), row.name(), row.text());
    }
    for (Map.Entry<RelayFlag, String> given : arguments.values().entrySet()) {
      source = source.with(given.getKey().key(), given.getKey().written(), given.getValue());
    }
    return source;
  }

  private String certificates() {
    String home = environment.getOrDefault("HOME", "");
    return home.isEmpty() ? FOLDER : home + '/' + FOLDER;
  }

  /** What is wrong with the command line and the variables, or that nothing is. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(Variables.check(environment));
    arguments.problems().stream()
        .map(problem -> new Finding.Refusal(BootCheck.USAGE, problem, "see --help", Map.of()))
        .forEach(findings::add);
    return findings;
  }

  /** What is wrong with a configuration. */
  public static List<Finding> findings(List<ConfigProblem> problems) {
    return ConfigFindings.of(problems);
  }

  /** Whether that configuration lets strangers read along where they never should. */
  public static Finding insecure(GatehouseConfig config) {
    return config.ops().production() && config.relay().listen().isPlain()
        ? new Finding.Refusal(
            BootCheck.INSECURE_IN_PRODUCTION,
            "insecure_listen is refused in production",
            "use --domain, or unset PYRYCODE_RELAY_PRODUCTION",
            Map.of())
        : new Finding.Passed(BootCheck.INSECURE_IN_PRODUCTION);
  }
}
