package dev.gatehouse.app.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureAuditTest {

  @Test
  void equalSetsAreClean() {
    List<Bound> bound = List.of(tcp("::", 443), udp("127.0.0.1", 6969));
    ExposureAudit audit = ExposureAudit.of(bound, bound.reversed());
    assertThat(audit.isClean()).isTrue();
    assertThat(audit.finding()).isEqualTo(new Finding.Passed(BootCheck.READ_BACK));
  }

  @ParameterizedTest
  @CsvSource({
    "::, 0.0.0.0, true",
    "0.0.0.0, ::, true",
    "0.0.0.0, ::ffff:0.0.0.0, true",
    "192.0.2.1, ::ffff:192.0.2.1, true",
    "127.0.0.1, ::1, false",
    "127.0.0.1, 0.0.0.0, false",
    "192.0.2.1, 192.0.2.2, false",
  })
  void onlyWildcardsAndMappedAddressesAreEqual(String intended, String found, boolean clean) {
    ExposureAudit audit = ExposureAudit.of(List.of(tcp(intended, 443)), List.of(tcp(found, 443)));
    assertThat(audit.isClean()).isEqualTo(clean);
  }

  @Test
  void protocolAndPortTellSocketsApart() {
    assertThat(ExposureAudit.of(List.of(tcp("::", 443)), List.of(udp("::", 443))).isClean())
        .isFalse();
    assertThat(ExposureAudit.of(List.of(tcp("::", 443)), List.of(tcp("::", 444))).isClean())
        .isFalse();
  }

  @Test
  void everyDifferenceIsToldInAscendingOrder() {
    List<Bound> intended = List.of(udp("::", 6969), tcp("::", 443), tcp("127.0.0.1", 9090));
    List<Bound> found =
        List.of(
            udp("10.0.0.5", 40_000),
            tcp("0.0.0.0", 41_331),
            tcp("127.0.0.1", 9090),
            tcp("::1", 5005));
    ExposureAudit audit = ExposureAudit.of(intended, found);
    assertThat(audit.lines())
        .containsExactly(
            "audit: listening but not intended: tcp [::1]:5005 (loopback);"
                + " close it or add it to the configuration",
            "audit: listening but not intended: tcp 0.0.0.0:41331 (public);"
                + " close it or add it to the configuration",
            "audit: listening but not intended: udp 10.0.0.5:40000 (private);"
                + " close it or add it to the configuration",
            "audit: intended but not listening: tcp [::]:443",
            "audit: intended but not listening: udp [::]:6969");
    assertThat(audit.finding())
        .isInstanceOfSatisfying(
            Finding.Refusal.class,
            refusal -> assertThat(refusal.err()).isEqualTo(String.join("; ", audit.lines())));
  }

  @Test
  void whatCannotBeReadIsRefusedInProductionOnly() {
    assertThat(ExposureAudit.unreadable("EPERM", true))
        .isEqualTo(
            new Finding.Refusal(
                BootCheck.READ_BACK,
                "cannot read own sockets: EPERM",
                "allow AF_NETLINK or make /proc/self/net readable",
                Map.of()));
    assertThat(ExposureAudit.unreadable("EPERM", false)).isInstanceOf(Finding.Warning.class);
  }

  private static Bound tcp(String address, int port) {
    return new Bound(Protocol.TCP, IpAddress.parse(address).orElseThrow(), port);
  }

  private static Bound udp(String address, int port) {
    return new Bound(Protocol.UDP, IpAddress.parse(address).orElseThrow(), port);
  }
}
