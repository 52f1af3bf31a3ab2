package dev.gatehouse.app.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.boot.BootCheck;
import dev.gatehouse.app.boot.Finding;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables of section 2.21 of the relay's specification. */
class VariablesTest {

  @Test
  void nothingIsRequired() {
    assertThat(Variables.check(Map.of())).containsExactly(new Finding.Passed(BootCheck.ENV));
    assertThat(Variables.usable(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PYRYCODE_RELAY_PRODUCTION", "PYRYCODE_RELAY_SINGLE_INSTANCE"})
  void aSwitchIsOneOrUnset(String name) {
    assertThat(Variables.check(Map.of(name, "1")))
        .containsExactly(new Finding.Passed(BootCheck.ENV));
    assertThat(Variables.usable(Map.of(name, "1")))
        .singleElement()
        .satisfies(row -> assertThat(row.text()).isEqualTo("true"));
    for (String other : new String[] {"", "0", "true", "yes", " 1", "1 "}) {
      assertThat(problem(Map.of(name, other)))
          .isEqualTo(name + ": malformed-value: expected \"1\" or unset, got \"" + other + '"');
      assertThat(Variables.usable(Map.of(name, other))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3cret", "", "1", "{}", "{\"type\":\"service_account\"}", "file:/s3cret"})
  void aKeyThatIsNoneIsRefusedWithoutBeingTold(String value) {
    assertThat(problem(Map.of("PYRYCODE_RELAY_FCM_CREDENTIALS", value)))
        .isEqualTo(
            "PYRYCODE_RELAY_FCM_CREDENTIALS: malformed-value: expected a service-account key in"
                + " JSON (value withheld)");
  }

  @Test
  void aRequiredVariableThatIsUnsetIsMissing() {
    assertThat(new Variables.Row("SOME", "some.key", true, false).problem(Map.of()))
        .contains("SOME: missing");
  }

  @Test
  void whatNobodyReadsIsKnownByItsPrefix() {
    assertThat(
            Variables.ignored(
                Map.of(
                    "PYRYCODE_RELAY_X", "", "PYRYCODE_RELAY_A", "1", "PYRYCODE", "", "HOME", "")))
        .containsExactly("PYRYCODE_RELAY_A", "PYRYCODE_RELAY_X");
  }

  private static String problem(Map<String, String> environment) {
    Finding finding = Variables.check(environment).getFirst();
    assertThat(finding).isInstanceOf(Finding.Refusal.class);
    return ((Finding.Refusal) finding).err();
  }
}
