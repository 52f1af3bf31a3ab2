package dev.gatehouse.app.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.net.sockets.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerPortsTest {

  /** What was written down, what the configuration needs, the ops port, what was constructed. */
  @ParameterizedTest
  @CsvSource({
    "'', 8080/tcp, 9090/tcp, 8080/tcp 9090/tcp",
    "'', 8080/tcp, '', 8080/tcp",
    "'', 443/tcp 80/tcp, 9090/tcp, 80/tcp 443/tcp 9090/tcp",
    "'', 443/tcp 80/tcp, '', 80/tcp 443/tcp",
    "'', 8443/tcp 8080/tcp, 9100/tcp, 8080/tcp 8443/tcp 9100/tcp",
    "'', 443/tcp, 9090/tcp, 443/tcp 9090/tcp",
    "8080, 8080/tcp, 9090/tcp, 8080/tcp 9090/tcp",
    "6969, 6969/tcp 6969/udp, '', 6969/tcp 6969/udp",
    "'', 443/tcp 8080/tcp 6969/tcp 6969/udp, 9090/tcp, 443/tcp 8080/tcp 6969/tcp 6969/udp 9090/tcp",
    "'', '', '', ''",
  })
  void equalSetsPass(String written, String derived, String ops, String actual) {
    assertThat(check(written, derived, ops, actual))
        .isEqualTo(new Finding.Passed(BootCheck.LISTENER_PORTS));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 8080/tcp, 9090/tcp, 80/tcp 8080/tcp 9090/tcp, 80/tcp, '8080/tcp, 9090/tcp'",
    "'', 8080/tcp, '', 8080/tcp 9090/tcp, 9090/tcp, 8080/tcp",
    "443, 80/tcp 443/tcp, 9090/tcp, 80/tcp 443/tcp 9090/tcp, 80/tcp, '443, 9090/tcp'",
    "6969/tcp, 6969/tcp 6969/udp, 9090/tcp, 6969/tcp 6969/udp 9090/tcp, 6969/udp,"
        + " '6969/tcp, 9090/tcp'",
    "443, '', '', 10000/tcp 9/udp 9/tcp 443/udp, '9/tcp, 9/udp, 10000/tcp', 443",
    "'', '', '', 80/tcp, 80/tcp, ''",
  })
  void aSurplusIsRefusedInAscendingOrder(
      String written,
      String derived,
      String ops,
      String actual,
      String unexpected,
      String expected) {
    assertThat(check(written, derived, ops, actual))
        .isEqualTo(
            new Finding.Refusal(
                BootCheck.LISTENER_PORTS,
                "unexpected listener ports",
                "remove the listener, or add its port to ops.expected_ports",
                Map.of("unexpected_ports", unexpected, "expected_ports", expected)));
  }

  @ParameterizedTest
  @CsvSource({
    "'80 443 8443', 80/tcp 443/tcp, 9090/tcp, 80/tcp 443/tcp 9090/tcp, 8443",
    "'', 8080/tcp, 9090/tcp, 8080/tcp, 9090/tcp",
    "80/udp 80/tcp, '', '', 80/tcp, 80/udp",
  })
  void aPortThatStaysClosedOnlyWarns(
      String written, String derived, String ops, String actual, String unopened) {
    assertThat(check(written, derived, ops, actual))
        .isInstanceOfSatisfying(
            Finding.Warning.class,
            warning -> assertThat(warning.fields()).isEqualTo(Map.of("unopened_ports", unopened)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "443", "443/tcp", "6969/udp", "65535"})
  void readsAnEntry(String text) {
    assertThat(PortSpec.parse(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "65536",
        "-1",
        "+1",
        "0443",
        "443/",
        "443/TCP",
        "443/sctp",
        "/tcp",
        "4 4"
      })
  void refusesWhatIsNoEntry(String text) {
    assertThat(PortSpec.parse(text)).isEmpty();
  }

  @Test
  void anEntryHasAPortAndAProtocol() {
    assertThat(PortSpec.of(443)).isEqualTo(new PortSpec(443, Set.of(Protocol.TCP, Protocol.UDP)));
    assertThatIllegalArgumentException().isThrownBy(() -> PortSpec.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> PortSpec.of(65536));
    assertThatIllegalArgumentException().isThrownBy(() -> new PortSpec(443, Set.of()));
  }

  private static Finding check(String written, String derived, String ops, String actual) {
    Set<PortSpec> expected = ListenerPorts.expected(ports(written), ports(derived), ports(ops));
    return ListenerPorts.check(expected, ports(actual));
  }

  private static List<PortSpec> ports(String text) {
    return Arrays.stream(text.split(" ", -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> PortSpec.parse(entry).orElseThrow())
        .toList();
  }
}
