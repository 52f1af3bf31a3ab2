package dev.gatehouse.tracker.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.value.Secret;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.config.ConnectionIdRules.Scheme;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionIdsTest {

  private static final IpAddress LOOPBACK = IpAddress.ipv4(0x7f00_0001);
  private static final IpAddress OTHER = IpAddress.ipv6(0, 1);
  private static final int SALT = 0x5a;
  private static final long NOW = 1_700_000_000;

  @ParameterizedTest
  @CsvSource({
    "00, 0, 127.0.0.1, '', 000000609daa87c1, 000000bbca544e8f",
    "5a, 1700000000, 127.0.0.1, secret, 5af10035bcd518cc, 5af100f527505613",
    "ff, 1700000000, 2001:db8::1, secret, fff10091e0ef0a7f, fff100063d2d4d4a",
    "01, 1784000000, 1.2.3.4, some random string that is hopefully at least this long,"
        + " 01ae00a660b556a7, 01ae00033bb167d5",
  })
  void areWhatTrackersThatShareAKeyAgreeOn(
      String salt, long second, String address, String key, String mochi, String siphash) {
    IpAddress client = IpAddress.parse(address).orElseThrow();
    int number = Integer.parseInt(salt, 16);
    assertThat(make(ids(Scheme.MOCHI, key), number, second, client)).isEqualTo(hex(mochi));
    assertThat(make(ids(Scheme.SIPHASH, key), number, second, client)).isEqualTo(hex(siphash));
  }

  @ParameterizedTest
  @EnumSource
  void areTakenFromTheSameAddressAlone(Scheme scheme) {
    ConnectionIds ids = ids(scheme, "");
    long id = make(ids, SALT, 0, LOOPBACK);
    assertThat(isValid(ids, id, 1, LOOPBACK)).isTrue();
    assertThat(isValid(ids, id, 1, OTHER)).isFalse();
    assertThat(isValid(ids, make(ids, SALT, 0, OTHER), 0, OTHER)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"119, true", "180, true", "181, false", "-60, true", "-61, false", "420420, false"})
  void liveAsLongAsTheyShould(long age, boolean valid) {
    ConnectionIds ids = ids(Scheme.SIPHASH, "secret");
    assertThat(isValid(ids, make(ids, SALT, NOW, LOOPBACK), NOW + age, LOOPBACK)).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({"65535, 65536", "131071, 131075", "65537, 65535"})
  void liveAcrossTheEndOfTheirSixteenBits(long made, long checked) {
    ConnectionIds ids = ids(Scheme.SIPHASH, "secret");
    assertThat(isValid(ids, make(ids, SALT, made, LOOPBACK), checked, LOOPBACK)).isTrue();
  }

  @Test
  void doNotComeToLifeAgain() {
    ConnectionIds ids = ids(Scheme.SIPHASH, "secret");
    assertThat(isValid(ids, make(ids, SALT, NOW, LOOPBACK), NOW + 65_536, LOOPBACK)).isFalse();
  }

  @Test
  void areNoneWithAnyBitChanged() {
    ConnectionIds ids = ids(Scheme.SIPHASH, "secret");
    long id = make(ids, SALT, NOW, LOOPBACK);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      assertThat(isValid(ids, id ^ (1L << bit), NOW, LOOPBACK)).as("bit %d", bit).isFalse();
    }
    assertThat(isValid(ids, id, NOW, LOOPBACK)).isTrue();
  }

  @Test
  void differByTheirSalt() {
    ConnectionIds ids = ids(Scheme.SIPHASH, "secret");
    assertThat(make(ids, 1, NOW, LOOPBACK) & 0xff_ffff_ffffL)
        .isNotEqualTo(make(ids, 2, NOW, LOOPBACK) & 0xff_ffff_ffffL);
  }

  @Test
  void ofAKeyOfBeforeAreTakenAndNotMade() {
    ConnectionIds before = ids(Scheme.SIPHASH, "old");
    ConnectionIds now = ids(Scheme.SIPHASH, "new", "old");
    long id = make(before, SALT, NOW, LOOPBACK);
    assertThat(isValid(now, id, NOW, LOOPBACK)).isTrue();
    assertThat(isValid(ids(Scheme.SIPHASH, "new"), id, NOW, LOOPBACK)).isFalse();
    assertThat(make(now, SALT, NOW, LOOPBACK))
        .isEqualTo(make(ids(Scheme.SIPHASH, "new"), SALT, NOW, LOOPBACK));
  }

  private static ConnectionIds ids(Scheme scheme, String... keys) {
    List<ConnectionMac> macs =
        Stream.of(keys).map(key -> ConnectionMac.of(scheme, new Secret(key))).toList();
    return new ConnectionIds(macs, 120, 60);
  }

  private static long make(ConnectionIds ids, int salt, long second, IpAddress client) {
    return ids.make(salt, second, client.family(), client.high(), client.low());
  }

  private static boolean isValid(ConnectionIds ids, long id, long now, IpAddress client) {
    return ids.isValid(id, now, client.family(), client.high(), client.low());
  }

  private static long hex(String text) {
    return Long.parseUnsignedLong(text, 16);
  }
}
