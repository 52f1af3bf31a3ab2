package dev.gatehouse.app.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.boot.BootPolicy.CapabilityMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityCheckTest {

  private static final BootPolicy REFUSE = policy(false, CapabilityMode.REFUSE);
  private static final String NAMES_BUT_BIND =
      IntStream.rangeClosed(0, 40)
          .filter(bit -> bit != 10)
          .mapToObj(CapabilityNames::of)
          .collect(Collectors.joining(", "));
  private static final String UNKNOWN_BITS =
      IntStream.rangeClosed(41, 63).mapToObj(bit -> "bit " + bit).collect(Collectors.joining(", "));

  @ParameterizedTest
  @ValueSource(strings = {"0000000000000000", "0000000000000400", "0", "400"})
  void bindingLowPortsIsAllowed(String mask) {
    assertThat(check(mask, REFUSE)).isEqualTo(new Finding.Passed(BootCheck.CAPABILITIES));
  }

  @ParameterizedTest
  @CsvSource({
    "0000000000200000, CAP_SYS_ADMIN",
    "0000000000200401, 'CAP_CHOWN, CAP_SYS_ADMIN'",
    "4000000000000000, bit 62",
    "8000000000000000, bit 63",
    "0000010000000000, CAP_CHECKPOINT_RESTORE",
  })
  void everyOtherOneIsNamed(String mask, String names) {
    assertThat(check(mask, REFUSE)).isEqualTo(refusal(names));
  }

  @Test
  void aRootProcessIsToldAllItsNames() {
    assertThat(NAMES_BUT_BIND)
        .startsWith("CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH")
        .contains("CAP_LINUX_IMMUTABLE, CAP_NET_BROADCAST", "CAP_SYS_PTRACE", "CAP_SYSLOG")
        .endsWith("CAP_PERFMON, CAP_BPF, CAP_CHECKPOINT_RESTORE");
    assertThat(check("000001ffffffffff", REFUSE)).isEqualTo(refusal(NAMES_BUT_BIND));
    assertThat(check("ffffffffffffffff", REFUSE))
        .isEqualTo(refusal(NAMES_BUT_BIND + ", " + UNKNOWN_BITS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CapPrm:\t0000000000000000\n",
        "CapEff:\t\nCapBnd:\t0000000000000000\n",
        "CapEff:\txyz\n",
        "CapEff:\t00000000000000000\n",
        "CapEff:\t-1\n",
        "NoCapEff:\t0000000000000000\n",
      })
  void whatCannotBeReadIsRefused(String status) {
    assertThat(CapabilityCheck.run(facts(Optional.of(status)), REFUSE)).isEqualTo(unreadable());
  }

  @Test
  void aFileThatCannotBeReadIsRefused() {
    assertThat(CapabilityCheck.run(facts(Optional.empty()), REFUSE)).isEqualTo(unreadable());
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, true, Refusal",
    "AUTO, false, Warning",
    "REFUSE, true, Refusal",
    "REFUSE, false, Refusal",
    "WARN, true, Refusal",
    "WARN, false, Warning",
  })
  void onlyOutsideProductionItMayWarn(CapabilityMode mode, boolean production, String result) {
    Finding finding = check("200000", policy(production, mode));
    assertThat(finding.getClass().getSimpleName()).isEqualTo(result);
  }

  @Test
  void theOperatorCanAllowMore() {
    BootPolicy policy = policy(true, CapabilityMode.AUTO, "CAP_SYS_PTRACE", "DAC_READ_SEARCH");
    assertThat(check("80404", policy)).isInstanceOf(Finding.Passed.class);
    assertThat(check("80405", policy))
        .isInstanceOfSatisfying(
            Finding.Refusal.class,
            refusal ->
                assertThat(refusal.err())
                    .isEqualTo(
                        "unexpected capabilities: CAP_CHOWN; allowed: CAP_DAC_READ_SEARCH,"
                            + " CAP_NET_BIND_SERVICE, CAP_SYS_PTRACE"));
  }

  @Test
  void anAllowedNameThatNobodyKnowsIsRefused() {
    assertThat(check("0", policy(false, CapabilityMode.WARN, "SYS_PTRAC")))
        .isInstanceOfSatisfying(
            Finding.Refusal.class,
            refusal ->
                assertThat(refusal.err())
                    .isEqualTo(
                        "ops.allowed_capabilities: SYS_PTRAC (expected: a name such as SYS_PTRACE)"));
  }

  @Test
  void isSkippedWhereThereAreNone() {
    ProcessFacts facts = new ProcessFacts(false, Optional.empty(), List.of(), Map.of());
    assertThat(CapabilityCheck.run(facts, REFUSE))
        .isEqualTo(new Finding.Skipped(BootCheck.CAPABILITIES, "not Linux"));
  }

  private static Finding check(String mask, BootPolicy policy) {
    String status = "CapPrm:\tffffffffffffffff\nCapEff:\t" + mask + "\nCapBnd:\tffffffffffffffff\n";
    return CapabilityCheck.run(facts(Optional.of(status)), policy);
  }

  private static ProcessFacts facts(Optional<String> status) {
    return new ProcessFacts(true, status, List.of(), Map.of());
  }

  private static BootPolicy policy(boolean production, CapabilityMode mode, String... allowed) {
    return new BootPolicy(production, mode, List.of(allowed), "control.sock");
  }

  private static Finding refusal(String names) {
    return new Finding.Refusal(
        BootCheck.CAPABILITIES,
        "unexpected capabilities: " + names + "; allowed: CAP_NET_BIND_SERVICE",
        "run as a non-root user, or drop them",
        Map.of());
  }

  private static Finding unreadable() {
    return new Finding.Refusal(
        BootCheck.CAPABILITIES, "cannot read CapEff", "make /proc/self/status readable", Map.of());
  }
}
