package dev.gatehouse.kernel.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialPurposeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "224.0.0.0",
        "239.0.0.1",
        "239.255.255.255",
        "255.255.255.255",
        "::",
        "ff00::",
        "ff01::1",
        "ff0e::1",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::ffff:0.0.0.0",
        "::ffff:224.0.0.1",
        "::ffff:255.255.255.255",
      })
  void noSingleHostHasAWildcardMulticastOrBroadcastAddress(String text) {
    assertThat(isOneHost(text)).isFalse();
    assertThat(isGloballyReachable(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.1",
        "10.0.0.1",
        "127.0.0.1",
        "223.255.255.255",
        "240.0.0.0",
        "255.255.255.254",
        "::1",
        "fe80::1",
        "feff:ffff::",
        "::ffff:10.0.0.1",
      })
  void aSingleHostMayHaveWhatTheInternetCannotReach(String text) {
    assertThat(isOneHost(text)).isTrue();
  }

  /** Both ends of each range, and the neighbours outside. */
  @ParameterizedTest
  @CsvSource({
    "-,               0.0.0.0,         0.255.255.255,    1.0.0.0",
    "9.255.255.255,   10.0.0.0,        10.255.255.255,   11.0.0.0",
    "100.63.255.255,  100.64.0.0,      100.127.255.255,  100.128.0.0",
    "126.255.255.255, 127.0.0.0,       127.255.255.255,  128.0.0.0",
    "169.253.255.255, 169.254.0.0,     169.254.255.255,  169.255.0.0",
    "172.15.255.255,  172.16.0.0,      172.31.255.255,   172.32.0.0",
    "191.255.255.255, 192.0.0.0,       192.0.0.255,      192.0.1.0",
    "192.0.1.255,     192.0.2.0,       192.0.2.255,      192.0.3.0",
    "192.88.98.255,   192.88.99.0,     192.88.99.255,    192.88.100.0",
    "192.167.255.255, 192.168.0.0,     192.168.255.255,  192.169.0.0",
    "198.17.255.255,  198.18.0.0,      198.19.255.255,   198.20.0.0",
    "198.51.99.255,   198.51.100.0,    198.51.100.255,   198.51.101.0",
    "203.0.112.255,   203.0.113.0,     203.0.113.255,    203.0.114.0",
    "223.255.255.255, 224.0.0.0,       255.255.255.255,  -",
    "-,               ::,              ::1,              ::2",
    "64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff, 64:ff9b::, 64:ff9b::ffff:ffff, 64:ff9b::1:0:0",
    "64:ff9b:0:ffff:ffff:ffff:ffff:ffff, 64:ff9b:1::, "
        + "64:ff9b:1:ffff:ffff:ffff:ffff:ffff, 64:ff9b:2::",
    "ff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 100::, 100::ffff:ffff:ffff:ffff, 100:0:0:1::",
    "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001::, "
        + "2001:0:ffff:ffff:ffff:ffff:ffff:ffff, 2001:1::",
    "2001:1:ffff:ffff:ffff:ffff:ffff:ffff, 2001:2::, "
        + "2001:2:0:ffff:ffff:ffff:ffff:ffff, 2001:2:1::",
    "2001:f:ffff:ffff:ffff:ffff:ffff:ffff, 2001:10::, "
        + "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff, 2001:30::",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db8::, "
        + "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
    "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2002::, "
        + "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2003::",
    "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff::, "
        + "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:1000::",
    "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 5f00::, "
        + "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 5f01::",
    "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fc00::, "
        + "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe00::",
    "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe80::, "
        + "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -",
    "-, ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -",
  })
  void theRangesEndWhereTheRegistriesSay(String before, String first, String last, String after) {
    assertThat(isGloballyReachable(first)).as(first).isFalse();
    assertThat(isGloballyReachable(last)).as(last).isFalse();
    if (!before.equals("-")) {
      assertThat(isGloballyReachable(before)).as(before).isTrue();
    }
    if (!after.equals("-")) {
      assertThat(isGloballyReachable(after)).as(after).isTrue();
    }
  }

  @Test
  void theRestIsReachable() {
    assertThat("8.8.8.8 233.252.0.1 2a00::1 2606:4700::1 ::ffff:8.8.8.8".split(" ", -1))
        .filteredOn(SpecialPurposeTest::isGloballyReachable)
        .containsExactly("8.8.8.8", "2a00::1", "2606:4700::1", "::ffff:8.8.8.8");
  }

  private static boolean isOneHost(String text) {
    IpAddress address = IpAddress.parse(text).orElseThrow();
    return SpecialPurpose.isOneHost(address.family(), address.high(), address.low());
  }

  private static boolean isGloballyReachable(String text) {
    IpAddress address = IpAddress.parse(text).orElseThrow();
    return SpecialPurpose.isGloballyReachable(address.family(), address.high(), address.low());
  }
}
