package dev.gatehouse.proxy.config;

import static dev.gatehouse.proxy.ruleset.Rulesets.blocked;
import static dev.gatehouse.proxy.ruleset.Rulesets.required;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.Configuration;
import dev.gatehouse.config.Section;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.proxy.route.BackendProtocol;
import dev.gatehouse.proxy.route.BackendTls;
import dev.gatehouse.proxy.route.L7Settings;
import dev.gatehouse.proxy.route.Route;
import dev.gatehouse.proxy.route.RouteMode;
import dev.gatehouse.proxy.route.TlsVersion;
import dev.gatehouse.proxy.ruleset.Rulesets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class L7ReaderTest {

  private static final String NO_EFFECT = "has no effect with mode = l4, which does not see HTTP";

  @Test
  void everyKeyHasADefault() {
    assertThat(loaded("")).isEqualTo(L7Settings.NONE);
  }

  @Test
  void everyKeyCanBeSetToSomethingElse() {
    assertThat(
            loaded(
                """
                tls_cert = "/certs/a.pem"
                tls_key = "/certs/a.key"
                backend_tls = true
                backend_tls_verify = false
                backend_tls_ca = "/certs/ca.pem"
                backend_tls_name = "git.internal"
                backend_protocol = "h2"
                tls_min_version = "1.3"
                response_header_timeout = "0s"
                max_request_body = "1MiB"
                l7_policies = [
                  { type = "require_header", value = "X-Api-Key" },
                  { type = "block_user_agent", value = "BadBot" },
                ]
                """))
        .isEqualTo(
            new L7Settings(
                "/certs/a.pem",
                "/certs/a.key",
                Optional.of(new BackendTls(false, "/certs/ca.pem", "git.internal")),
                BackendProtocol.H2,
                Optional.of(TlsVersion.TLS_1_3),
                Optional.of(Duration.ZERO),
                OptionalLong.of(1 << 20),
                List.of(required("X-Api-Key"), blocked("BadBot"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "backend_tls_verify = false | backend_tls: expected true wherever backend_tls_verify, _ca",
        "backend_tls_ca = \"ca.pem\" | backend_tls: expected true wherever",
        "backend_tls_name = \"a.org\" | backend_tls: expected true wherever",
        "backend_protocol = \"h3\" | expected auto, h1, h2c or h2",
        "tls_min_version = \"1.1\" | expected 1.2 or 1.3",
        "response_header_timeout = \"25h\" | response_header_timeout = \"25h\": expected",
        "max_request_body = -1 | max_request_body = -1: expected",
        "l7_policies = [{ type = \"allow\", value = \"x\" }] |"
            + " expected block_user_agent or require_header",
        "l7_policies = [{ type = \"require_header\", value = \"\" }] |"
            + " l7_policies[0].value = \"\": expected 1 to 1024 bytes without controls",
        "l7_policies = [{ type = \"require_header\" }] | l7_policies[0].value: ",
        "l7_policies = [{ value = \"x\" }] | l7_policies[0].type: ",
        "l7_policies = [{ type = \"require_header\", value = \"x\" },"
            + " { type = \"require_header\", value = \"x\" }] | a policy is there twice; remove one",
      })
  void aWrongValueIsNamedWithTheWayOut(String toml, String problem) {
    assertThat(problems(L7Reader::read, toml)).contains(problem);
  }

  @Test
  void thereIsALimitOfPolicies() {
    String policies =
        IntStream.range(0, 257)
            .mapToObj("{ type = \"block_user_agent\", value = \"bot%d\" }"::formatted)
            .collect(Collectors.joining(", ", "l7_policies = [", "]"));
    assertThat(problems(L7Reader::read, policies)).contains("257 entries: expected at most 256");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "L4 | tls_cert = \"a.pem\" | tls_key: expected a file beside the other of both",
        "L7 | tls_cert = \"a.pem\" | tls_key: expected a file beside the other of both",
        "L7 | tls_key = \"a.key\" | tls_cert: expected a file beside the other of both",
        "L7 | | tls_cert: expected a certificate, with tls_key, since mode = l7",
        "L4 | backend_tls = true | expected false, since L4 passes the client's own TLS through",
        "L4 | backend_protocol = \"h1\" | expected auto, since L4 does not see HTTP; use mode = l7",
        "L7 | backend_protocol = \"h2\" | expected h2c where backend_tls is false",
        "L7 | backend_tls = true; backend_protocol = \"h2c\" | expected h2 where backend_tls is true",
      })
  void whatDoesNotFitTheModeIsRefused(RouteMode mode, @Nullable String toml, String problem) {
    assertThat(problems(checked(mode), lines(toml))).contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tls_cert = \"a.pem\"; tls_key = \"a.key\" | tls_cert = \"a.pem\": ",
        "tls_min_version = \"1.2\" | tls_min_version = \"1.2\": ",
        "response_header_timeout = \"1s\" | response_header_timeout = \"1s\": ",
        "max_request_body = 0 | max_request_body = 0: ",
        "l7_policies = [{ type = \"require_header\", value = \"x\" }] | l7_policies",
      })
  void whatAnL4RouteDoesNotUseIsAWarning(String toml, String subject) {
    assertThat(warnings(lines(toml))).contains(subject).contains(NO_EFFECT);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"auto, false", "auto, true", "h1, false", "h1, true", "h2c, false", "h2, true"})
  void anL7RouteSpeaksWithItsBackendWhatGoesWithItsTls(String protocol, boolean tls) {
    String toml =
        """
        tls_cert = "a.pem"
        tls_key = "a.key"
        backend_protocol = "%s"
        backend_tls = %s
        """
            .formatted(protocol, tls);
    assertThat(problems(checked(RouteMode.L7), toml)).isEmpty();
  }

  private static String lines(@Nullable String keys) {
    return keys == null ? "" : keys.replace("; ", "\n");
  }

  /** As the reader of routes does it, for modes that it may not take yet. */
  private static Function<Section, L7Settings> checked(RouteMode mode) {
    return section -> {
      L7Settings l7 = L7Reader.read(section);
      L7Reader.check(section, route(mode, l7));
      return l7;
    };
  }

  private static Route route(RouteMode mode, L7Settings l7) {
    Route plain = Rulesets.route("a.org", "10.0.0.5:443");
    return new Route(
        plain.hostname(),
        mode,
        plain.backends(),
        plain.balance(),
        plain.healthInterval(),
        plain.header(),
        plain.idleTimeout(),
        l7);
  }

  private static L7Settings loaded(String toml) {
    return ((ConfigResult.Loaded<L7Settings>) read(L7Reader::read, toml)).value();
  }

  private static String warnings(String toml) {
    return text(((ConfigResult.Loaded<L7Settings>) read(checked(RouteMode.L4), toml)).warnings());
  }

  private static String problems(Function<Section, L7Settings> reader, String toml) {
    return switch (read(reader, toml)) {
      case ConfigResult.Loaded<L7Settings> _ -> "";
      case ConfigResult.Refused<L7Settings> refused -> text(refused.problems());
    };
  }

  private static String text(List<ConfigProblem> problems) {
    return problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
  }

  private static ConfigResult<L7Settings> read(Function<Section, L7Settings> reader, String toml) {
    return Configuration.of(reader).read(ConfigSource.text("gatehouse.toml", toml));
  }
}
