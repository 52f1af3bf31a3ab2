package dev.gatehouse.app.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.app.boot.Finding;
import dev.gatehouse.app.config.GatehouseConfig;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.control.ops.OpsConfig.CapabilityPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections 2.21 and 2b.6 of the relay's specification: what a command line amounts to. */
class DropInTest {

  private static final String PLAIN = "--insecure-listen=:8080";

  @TempDir private Path folder;

  @Test
  void onlyTheRelayRuns() throws IOException {
    GatehouseConfig config = config(Map.of(), PLAIN);
    assertThat(config.relayOn()).isTrue();
    assertThat(config.proxyOn() || config.trackerOn() || config.watchOn()).isFalse();
    assertThat(config.welcome().listen()).isEmpty();
    assertThat(config.relay().listen().address()).hasToString("[::]:8080");
  }

  @Test
  void someDefaultsAreThoseOfThePredecessor() throws IOException {
    GatehouseConfig config = config(Map.of(), PLAIN);
    assertThat(config.relay().legacyMetricNames()).isTrue();
    assertThat(config.ops().control()).isEmpty();
    assertThat(config.ops().capabilityCheck()).isEqualTo(CapabilityPolicy.REFUSE);
    assertThat(config.ops().listen()).hasToString("Optional[127.0.0.1:9090]");
    assertThat(config.relay().caps().maxConnections()).isEqualTo(20);
  }

  @Test
  void aFlagCountsMoreThanAVariableAndThatMoreThanAFile() throws IOException {
    Path file =
        file(
            """
            [ops]
            capability_check = "warn"
            [relay]
            max_connections = 30
            grace = "7s"
            binary_reserve = 1
            """);
    Map<String, String> environment =
        Map.of("GATEHOUSE_RELAY_MAX_CONNECTIONS", "40", "GATEHOUSE_RELAY_BINARY_RESERVE", "2");
    GatehouseConfig config =
        config(environment, PLAIN, "--config", file.toString(), "--max-connections=50");
    assertThat(config.relay().caps().maxConnections()).isEqualTo(50);
    assertThat(config.relay().caps().binaryReserve()).isEqualTo(2);
    assertThat(config.relay().session().grace()).hasSeconds(7);
    assertThat(config.ops().capabilityCheck()).isEqualTo(CapabilityPolicy.WARN);
  }

  @Test
  void otherServicesOfAFileStayOff() throws IOException {
    Path file =
        file("[watch]\n[[tracker.udp]]\naddr = \":6969\"\n[proxy]\n[ops]\ncontrol = \"a.sock\"\n");
    GatehouseConfig config = config(Map.of(), PLAIN, "--config=" + file);
    assertThat(config.proxyOn() || config.trackerOn() || config.watchOn()).isFalse();
    assertThat(config.relayOn()).isTrue();
    assertThat(config.ops().control()).contains(Path.of("a.sock"));
  }

  @Test
  void switchesAndAnEmptyAddressMeanWhatTheySay() throws IOException {
    GatehouseConfig config =
        config(
            Map.of("PYRYCODE_RELAY_SINGLE_INSTANCE", "1", "PYRYCODE_RELAY_PRODUCTION", "1"),
            "--insecure-listen=127.0.0.1:8080",
            "--trust-x-forwarded-for",
            "--metrics-listen=");
    assertThat(config.relay().listen().trustForwarded()).isTrue();
    assertThat(config.ops().listen()).isEmpty();
    assertThat(config.relay().singleInstance()).isTrue();
    assertThat(config.ops().production()).isTrue();
  }

  @Test
  void theKeyOfAServiceAccountComesFromItsVariable() throws Exception {
    String key = account();
    GatehouseConfig config = config(Map.of("PYRYCODE_RELAY_FCM_CREDENTIALS", key), PLAIN);
    assertThat(config.relay().push().credentials().orElseThrow().reveal()).isEqualTo(key);
  }

  @Test
  void productionRefusesEveryPlainListener() throws IOException {
    Map<String, String> production = Map.of("PYRYCODE_RELAY_PRODUCTION", "1");
    assertThat(DropIn.insecure(config(production, "--insecure-listen=127.0.0.1:8080")))
        .isInstanceOf(Finding.Refusal.class);
    assertThat(DropIn.insecure(config(Map.of(), PLAIN)))
        .isEqualTo(new Finding.Passed(BootCheck.INSECURE_IN_PRODUCTION));
  }

  @ParameterizedTest
  @CsvSource({
    "'', mode, neither --domain nor --insecure-listen is set",
    "--insecure-listen=:8080 --https-listen=:443, exclusive, "
        + "--insecure-listen cannot be combined with --https-listen",
    "--insecure-listen=:8080 --http-listen=:80 --https-proxy-protocol=false, exclusive, "
        + "'--insecure-listen cannot be combined with --http-listen, --https-proxy-protocol'",
    "--insecure-listen=:8080 --max-connections=0, limits, "
        + "--max-connections = \"0\": expected 1–1000000",
    "--insecure-listen=:8080 --max-connections=x, limits, "
        + "'--max-connections = \"x\": expected a whole number, from 1 to 1000000'",
    "--insecure-listen=8080, listener_address, invalid listener address: --insecure-listen",
    "--insecure-listen=:0, listener_address, invalid listener address: --insecure-listen",
    "--insecure-listen=:8080 --metrics-listen=0.0.0.0:9090, ops_address, "
        + "--metrics-listen = \"0.0.0.0:9090\": not a loopback address",
    "--insecure-listen=:8080 --metrics-listen=localhost:9090, ops_address, "
        + "--metrics-listen = \"localhost:9090\": host names are refused",
  })
  void aMistakeIsToldUnderItsCheckAndItsFlag(String line, String check, String err)
      throws IOException {
    assertThat(refusals(Map.of(), line.isEmpty() ? new String[0] : line.split(" ")))
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.check().label()).isEqualTo(check))
        .satisfies(refusal -> assertThat(refusal.err()).startsWith(err));
  }

  @Test
  void allMistakesAreToldInTheOrderOfTheChecks() throws IOException {
    assertThat(
            refusals(
                Map.of("PYRYCODE_RELAY_PRODUCTION", "yes"),
                "--metrics-listen=localhost:9090",
                "--max-connections=0",
                "--nope",
                "--insecure-listen=:8080",
                "--https-listen=:99999"))
        .extracting(Finding.Refusal::check)
        .containsExactly(
            BootCheck.USAGE,
            BootCheck.EXCLUSIVE,
            BootCheck.LIMITS,
            BootCheck.ENV,
            BootCheck.OPS_ADDRESS,
            BootCheck.LISTENER_ADDRESS);
  }

  private static List<Finding.Refusal> refusals(Map<String, String> environment, String... words)
      throws IOException {
    DropIn dropIn = new DropIn(Arguments.of(List.of(words)), environment);
    return switch (dropIn.read()) {
      case ConfigResult.Refused<GatehouseConfig> refused -> {
        assertThat(refused.standIn()).isPresent();
        yield new BootReport(dropIn.findings()).and(DropIn.findings(refused.problems())).refusals();
      }
      case ConfigResult.Loaded<GatehouseConfig> loaded ->
          throw new AssertionError(loaded.value().relay());
    };
  }

  private static GatehouseConfig config(Map<String, String> environment, String... words)
      throws IOException {
    DropIn dropIn = new DropIn(Arguments.of(List.of(words)), environment);
    assertThat(new BootReport(dropIn.findings()).refusals()).isEmpty();
    return switch (dropIn.read()) {
      case ConfigResult.Loaded<GatehouseConfig> loaded -> loaded.value();
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }

  private Path file(String toml) throws IOException {
    return Files.writeString(folder.resolve("relay.toml"), toml);
  }

  private static String account() throws GeneralSecurityException {
    byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    return """
    {"type":"service_account","client_email":"a@b.example",\
    "private_key":"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}
    """
        .formatted(Base64.getEncoder().encodeToString(key))
        .strip();
  }
}
