package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "max_listening_series = 0 | 2: watch.max_listening_series = 0: expected 1–65536",
        "max_listening_series = 65537 | 2: watch.max_listening_series = 65537: expected 1–65536",
        "max_listening_series = '256' | 2: watch.max_listening_series = \"256\": expected a whole"
            + " number, from 1 to 65536",
        "owners = 'yes' | 2: watch.owners = \"yes\": expected true or false",
        "owners = [] | 2: watch.owners = […]: expected true or false",
        "owners = {} | 2: watch.owners = {…}: expected true or false",
        "owners = 1979-05-27 | 2: watch.owners = 1979-05-27: expected true or false",
        "budget = 1.5 | 2: watch.budget = 1.5: expected 0.001–1",
        "budget = nan | 2: watch.budget = NaN: expected a number, from 0.001 to 1",
        "scan_interval = '500ms' | 2: watch.scan_interval = \"500ms\": expected 1s–10m, or \"0s\"",
        "scan_interval = 10 | 2: watch.scan_interval = 10: expected a duration such as \"30s\","
            + " from 1s to 10m, or \"0s\"",
        "window = '2MiB' | 2: watch.window = \"2MiB\": expected 1KiB–1MiB",
        "window = '256KB' | 2: watch.window = \"256KB\": expected a size such as \"256KiB\", from"
            + " 1KiB to 1MiB",
        "socket_source = 'netlnk' | 2: watch.socket_source = \"netlnk\": expected auto, netlink or"
            + " proc; did you mean \"netlink\"?",
        "socket_source = 'x' | 2: watch.socket_source = \"x\": expected auto, netlink or proc",
        "fallbacks = ['proc', 'porc'] | 2: watch.fallbacks[1] = \"porc\": expected auto, netlink or"
            + " proc; did you mean \"proc\"?",
        "ignore_interfaces = 'veth*' | 2: watch.ignore_interfaces = \"veth*\": expected a list of"
            + " text",
        "ignore_interfaces = ['a', 1] | 2: watch.ignore_interfaces[1] = 1: expected text",
        "expected = 22 | 2: watch.expected: expected [[watch.expected]] or a list of tables",
        "expected = [22] | 2: watch.expected[0]: expected a table such as { key = \"value\" }",
        "expected = [{port=1}, {port='80-'}] | 2: watch.expected[1].port = \"80-\": expected a port"
            + " 1–65535 or a range like \"8000-8010\"",
        "expected = [{note='a'}] | 2: watch.expected[0].port: missing; expected a port 1–65535 or a"
            + " range like \"8000-8010\"",
        "expected = [{port=1, uid=-1}] | 2: watch.expected[0].uid = -1: expected 0–4294967294",
        "expected = [{port=1, nte='a'}] | 2: watch.expected[0].nte: unknown key; did you mean"
            + " \"note\"?",
        "expected = [{port=1},{port=1},{port=1},{port=1}] | 2: watch.expected: 4 entries: expected"
            + " at most 3",
        "ownres = true | 2: watch.ownres: unknown key; did you mean \"owners\"?",
        "scan-interval = '1s' | 2: watch.scan-interval: unknown key; did you mean"
            + " \"scan_interval\"?",
        "zzz = 1 | 2: watch.zzz: unknown key",
        "socket_source = \"a\\u001b[31m\\n\" | 2: watch.socket_source = \"a\\u{1b}[31m\\n\":"
            + " expected auto, netlink or proc",
      })
  void aMistakeInTheFileIsToldWithItsPlace(String line, String error) {
    assertThat(problems(ConfigSource.text("gatehouse.toml", "[watch]\n" + line + "\n")))
        .containsExactly("gatehouse.toml:" + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[wacht] | 1: wacht: unknown section; did you mean \"watch\"?",
        "wacht = 1 | 1: wacht: unknown key; did you mean \"watch\"?",
        "[[watch]] | 1: watch: expected a section [watch]",
        "ops.log.level = 'warn' | 1: ops.log.level = \"warn\": expected info or debug",
        "[ops.lgo] | 1: ops.lgo: unknown section; did you mean \"log\"?",
        "hooks = [{name = 'interval variatoin'}] | 1: hooks[0].name = \"interval variatoin\":"
            + " expected client approval or interval variation; did you mean \"interval"
            + " variation\"?",
        "hooks = [{name = 'interval variation', config = {invert = true}}] | 1:"
            + " hooks[0].config.invert: unknown key",
        "hooks = [{}] | 1: hooks[0].name: missing; expected client approval or interval variation",
        "push.credentials = 's3cret' | 1: push.project: expected the project of the credentials;"
            + " set both or none",
        "push.credentials = 5 | 1: push.credentials: expected \"env:NAME\" of a set variable,"
            + " \"file:/path\" of a readable text file, or the text itself",
        "push.keys = ['a', 'env:NOWHERE'] | 1: push.keys[1]: expected \"env:NAME\" of a set"
            + " variable, \"file:/path\" of a readable text file, or the text itself",
      })
  void aMistakeOutsideOfAPlainKeyIsToldWithItsPlace(String text, String error) {
    assertThat(problems(ConfigSource.text("gatehouse.toml", text)))
        .containsExactly("gatehouse.toml:" + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GATEHOUSE_OPS_LISTEN | 0.0.0.0:1 | GATEHOUSE_OPS_LISTEN = \"0.0.0.0:1\": expected a"
            + " loopback address, or \"\" for none",
        "GATEHOUSE_OPS_LOG_LEVEL | loud | GATEHOUSE_OPS_LOG_LEVEL = \"loud\": expected info or"
            + " debug",
        "GATEHOUSE_WATCH_OWNERS | `` | GATEHOUSE_WATCH_OWNERS = \"\": expected true or false",
        "GATEHOUSE_WATCH_FALLBACKS | proc,auot | GATEHOUSE_WATCH_FALLBACKS = \"auot\": expected"
            + " auto, netlink or proc; did you mean \"auto\"?",
        "GATEHOUSE_OPS_LISTNE | x | GATEHOUSE_OPS_LISTNE: unknown variable; did you mean"
            + " \"GATEHOUSE_OPS_LISTEN\"?",
        "GATEHOUSE_JAVA_OTPS | x | GATEHOUSE_JAVA_OTPS: unknown variable; did you mean"
            + " \"GATEHOUSE_JAVA_OPTS\"?",
        "GATEHOUSE_PUSH_CREDENTIALS | env:S3CRET | GATEHOUSE_PUSH_CREDENTIALS: expected"
            + " \"env:NAME\" of a set variable, \"file:/path\" of a readable text file, or the text"
            + " itself",
      })
  void aMistakeInTheEnvironmentIsToldByItsVariable(String name, String value, String error) {
    assertThat(
            problems(
                ConfigSource.text("gatehouse.toml", "[watch]")
                    .withEnvironment(Map.of(name, value), Set.of("GATEHOUSE_JAVA_OPTS"))))
        .containsExactly(error);
  }

  @Test
  void fiveMistakesAreFiveErrorsInTheOrderOfTheFileWithTheEnvironmentLast() {
    String text =
        """
        [push]
        projct = "a"

        [watch]
        expected = [
          { port = 22 },
          { port = "no" },
        ]
        owners = 1
        max_listening_series = 0
        """;
    ConfigSource source =
        ConfigSource.text("etc/gatehouse.toml", text)
            .withEnvironment(Map.of("GATEHOUSE_OPS_READ_TIMEOUT", "soon"), Set.of());
    assertThat(problems(source))
        .containsExactly(
            "etc/gatehouse.toml:2: push.projct: unknown key; did you mean \"project\"?",
            "etc/gatehouse.toml:7: watch.expected[1].port = \"no\": expected a port 1–65535 or a"
                + " range like \"8000-8010\"",
            "etc/gatehouse.toml:9: watch.owners = 1: expected true or false",
            "etc/gatehouse.toml:10: watch.max_listening_series = 0: expected 1–65536",
            "GATEHOUSE_OPS_READ_TIMEOUT = \"soon\": expected a duration such as \"30s\", from 1ms"
                + " to 24h");
  }

  @Test
  void aQuotedValueIsCutAtSixtyCharacters() {
    String sixty = "x".repeat(60);
    assertThat(problems(ConfigSource.text("a.toml", "ops.listen = '" + sixty + "'")).getFirst())
        .contains('"' + sixty + "\": expected");
    assertThat(problems(ConfigSource.text("a.toml", "ops.listen = '" + sixty + "y'")).getFirst())
        .contains('"' + sixty + "…\": expected");
  }

  @Test
  void aFlagIsNamedAsTheOperatorKnowsIt() {
    assertThat(
            problems(
                ConfigSource.builtIn().with("watch.max_listening_series", "--max-series", "0")))
        .containsExactly("--max-series = \"0\": expected 1–65536");
  }

  static List<String> problems(ConfigSource source) {
    return switch (GateExample.CONFIGURATION.read(source)) {
      case Loaded<GateExample> _ -> List.of();
      case Refused<GateExample>(List<ConfigProblem> problems, _) ->
          problems.stream().map(ConfigProblem::toString).toList();
    };
  }
}
