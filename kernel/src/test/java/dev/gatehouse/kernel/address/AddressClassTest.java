package dev.gatehouse.kernel.address;

import static dev.gatehouse.kernel.address.AddressFamily.IPV4;
import static dev.gatehouse.kernel.address.AddressFamily.IPV6;
import static dev.gatehouse.kernel.address.AddressScope.LOOPBACK;
import static dev.gatehouse.kernel.address.AddressScope.PRIVATE;
import static dev.gatehouse.kernel.address.AddressScope.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressClassTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, IPV4, LOOPBACK",
    "127.10.20.30, IPV4, LOOPBACK",
    "::1, IPV6, LOOPBACK",
    "10.0.0.5, IPV4, PRIVATE",
    "10.255.255.254, IPV4, PRIVATE",
    "172.16.0.1, IPV4, PRIVATE",
    "172.31.255.254, IPV4, PRIVATE",
    "192.168.0.1, IPV4, PRIVATE",
    "192.168.255.254, IPV4, PRIVATE",
    "172.32.0.1, IPV4, PUBLIC",
    "172.15.255.254, IPV4, PUBLIC",
    "169.254.1.1, IPV4, PRIVATE",
    "fe80::1, IPV6, PRIVATE",
    "fc00::1, IPV6, PRIVATE",
    "fd12:3456:789a::1, IPV6, PRIVATE",
    "100.64.0.1, IPV4, PRIVATE",
    "100.127.255.254, IPV4, PRIVATE",
    "100.63.255.254, IPV4, PUBLIC",
    "100.128.0.1, IPV4, PUBLIC",
    "0.0.0.0, IPV4, PUBLIC",
    "::, IPV6, PUBLIC",
    "203.0.113.5, IPV4, PUBLIC",
    "8.8.8.8, IPV4, PUBLIC",
    "2001:db8::1, IPV6, PUBLIC",
  })
  void knowsTheUsualAddresses(String text, AddressFamily family, AddressScope scope) {
    assertThat(AddressClass.classify(text)).isEqualTo(new AddressClass(family, scope));
  }

  @ParameterizedTest
  @CsvSource({
    "::ffff:127.0.0.1, LOOPBACK",
    "::ffff:10.0.0.5, PRIVATE",
    "::ffff:100.64.0.1, PRIVATE",
    "::ffff:169.254.0.1, PRIVATE",
    "::ffff:8.8.8.8, PUBLIC",
    "::ffff:0.0.0.0, PUBLIC",
  })
  void aMappedAddressIsIpv4(String text, AddressScope scope) {
    assertThat(AddressClass.classify(text)).isEqualTo(new AddressClass(IPV4, scope));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "172.16.0.0",
        "172.31.255.255",
        "192.168.0.0",
        "169.254.0.0",
        "169.254.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "fc00::",
        "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fe80::",
        "febf:ffff::",
      })
  void privateRangesReachToTheirEdges(String text) {
    assertThat(AddressClass.classify(text).scope()).isEqualTo(PRIVATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.0", "127.255.255.255"})
  void loopbackReachesToItsEdges(String text) {
    assertThat(AddressClass.classify(text)).isEqualTo(new AddressClass(IPV4, LOOPBACK));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "0.1.2.3",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.251",
        "240.0.0.1",
        "255.255.255.255",
      })
  void whatLiesBesideThemIsPublic(String text) {
    assertThat(AddressClass.classify(text)).isEqualTo(new AddressClass(IPV4, PUBLIC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::2",
        "::7f00:1",
        "fbff:ffff::",
        "fe00::",
        "fe7f:ffff::",
        "fec0::",
        "64:ff9b::7f00:1",
        "ff02::fb",
      })
  void whatLiesBesideThemInIpv6IsPublic(String text) {
    assertThat(AddressClass.classify(text)).isEqualTo(new AddressClass(IPV6, PUBLIC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "fe80::1%eth0",
        "010.0.0.1",
        "127.1",
        "[::1]",
        " 127.0.0.1",
        "localhost"
      })
  void whatCannotBeReadIsTakenForTheWorstAndNobodyIsAsked(String text) {
    long questions = FailingResolver.QUESTIONS.get();
    assertThat(AddressClass.classify(text)).isEqualTo(new AddressClass(IPV4, PUBLIC));
    assertThat(FailingResolver.QUESTIONS).hasValue(questions);
  }

  @Test
  void aQuestionWouldHaveBeenSeen() {
    long questions = FailingResolver.QUESTIONS.get();
    assertThatThrownBy(() -> InetAddress.getAllByName("garbage"))
        .isInstanceOf(UnknownHostException.class);
    assertThat(FailingResolver.QUESTIONS.get()).isGreaterThan(questions);
  }

  @Test
  void halvesAreJudgedLikeTheAddressThatTheyMake() {
    Random random = new Random(6890);
    for (int i = 0; i < 20_000; i++) {
      IpAddress address = Addresses.random(random);
      assertThat(AddressScope.of(address.family(), address.high(), address.low()))
          .as("%s", address)
          .isEqualTo(AddressClass.of(address.unmapped()).scope());
    }
  }

  @Test
  void scopesRiseInWidth() {
    assertThat(AddressScope.values()).containsExactly(AddressScope.NONE, LOOPBACK, PRIVATE, PUBLIC);
    assertThat(PUBLIC.isAtLeast(PRIVATE)).isTrue();
    assertThat(PRIVATE.isAtLeast(PRIVATE)).isTrue();
    assertThat(LOOPBACK.isAtLeast(PRIVATE)).isFalse();
    assertThat(PRIVATE.label()).isEqualTo("private");
    assertThat(IPV6.label()).isEqualTo("ipv6");
  }
}
