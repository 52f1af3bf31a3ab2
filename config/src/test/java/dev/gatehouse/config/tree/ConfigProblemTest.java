package dev.gatehouse.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigProblemTest {

  @ParameterizedTest
  @CsvSource({"a.toml,3,a.toml:3: m", "a.toml,0,a.toml: m", "'',0,m", "'',3,m"})
  void aProblemBeginsWithWhatIsKnownOfItsPlace(String place, int line, String told) {
    assertThat(new ConfigProblem(place, line, "m")).hasToString(told);
  }

  @Test
  void problemsOfTheFileComeFirstByLineAndOthersKeepTheirOrder() {
    List<ConfigProblem> problems =
        List.of(
            new ConfigProblem("", 0, "first variable"),
            new ConfigProblem("f", 9, "late"),
            new ConfigProblem("f", 2, "early"),
            new ConfigProblem("", 0, "second variable"),
            new ConfigProblem("f", 2, "early too"),
            new ConfigProblem("f", 0, "of the whole file"));
    Stream<String> sorted =
        problems.stream().sorted(ConfigProblem.IN_READING_ORDER).map(ConfigProblem::message);
    assertThat(sorted)
        .containsExactly(
            "of the whole file", "early", "early too", "late", "first variable", "second variable");
  }
}
