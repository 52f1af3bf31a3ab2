package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.tree.ConfigProblem;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A tree that was no file before: it is read as strictly, and problems are found by their key. */
class GrownTreeTest {

  @Test
  void aTreeIsReadLikeAFileOfTheSameKeys() {
    GateExample read =
        loaded(
            table(
                "watch",
                table(
                    "max_listening_series", Scalar.integer(9),
                    "scan_interval", Scalar.text("2s"),
                    "window", Scalar.integer(2048),
                    "expected", list(table("port", Scalar.text("80-81"))))));
    assertThat(read.watch().series()).isEqualTo(9);
    assertThat(read.watch().scanInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(read.watch().window()).isEqualTo(2048);
    assertThat(read.watch().expected())
        .extracting(GateExample.Expected::port)
        .containsExactly(new GateExample.PortRange(80, 81));
    assertThat(read.ops()).isEqualTo(loaded(table()).ops());
  }

  @Test
  void everyProblemHasAKeyAndNoPlace() {
    Table tree =
        table(
            "watch",
            table(
                "max_listening_series", Scalar.integer(0),
                "socket_source", Scalar.text("proz"),
                "ownres", Scalar.text("x"),
                "expected",
                    list(table("port", Scalar.integer(22)), table("note", Scalar.text("n")))),
            "push",
            table("credentials", Scalar.text("secret")));
    List<ConfigProblem> problems = problems(GateExample.CONFIGURATION.read(tree));
    assertThat(problems)
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder(
            "watch.max_listening_series",
            "watch.socket_source",
            "watch.ownres",
            "watch.expected[1].port",
            "push.project");
    assertThat(problems)
        .allSatisfy(
            problem -> {
              assertThat(problem.place()).isEmpty();
              assertThat(problem.line()).isZero();
              assertThat(problem).hasToString(problem.message());
              assertThat(problem.message()).startsWith(problem.key());
            });
  }

  @Test
  void theProblemsOfAFileHaveTheSameKeysAndAPlaceBesides() {
    ConfigSource file = ConfigSource.text("a.toml", "\n[watch]\nmax_listening_series = 0");
    assertThat(problems(GateExample.CONFIGURATION.read(file)))
        .containsExactly(
            new ConfigProblem(
                "a.toml",
                3,
                "watch.max_listening_series",
                "watch.max_listening_series = 0: expected 1–65536"));
  }

  @Test
  void aProblemOfAVariableHasTheKeyForWhichItStands() {
    ConfigSource source =
        ConfigSource.builtIn()
            .withEnvironment(
                Map.of("GATEHOUSE_WATCH_OWNERS", "perhaps", "GATEHOUSE_WATHC", "1"), Set.of());
    assertThat(problems(GateExample.CONFIGURATION.read(source)))
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder("watch.owners", "");
  }

  private static GateExample loaded(Table tree) {
    return ((Loaded<GateExample>) GateExample.CONFIGURATION.read(tree)).value();
  }

  private static List<ConfigProblem> problems(ConfigResult<GateExample> result) {
    return ((Refused<GateExample>) result).problems();
  }

  /** Names and values in turn. */
  private static Table table(Object... entries) {
    Map<String, Node> table = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      table.put((String) entries[i], (Node) entries[i + 1]);
    }
    return new Table(0, table);
  }

  private static Array list(Node... elements) {
    return new Array(0, List.of(elements));
  }
}
