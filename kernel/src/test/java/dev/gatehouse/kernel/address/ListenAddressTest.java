package dev.gatehouse.kernel.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  @ParameterizedTest
  @CsvSource({
    ":443, [::]:443",
    "127.0.0.1:8080, 127.0.0.1:8080",
    "[::1]:443, [::1]:443",
    "0.0.0.0:65535, 0.0.0.0:65535",
    "[2001:DB8::1]:1, [2001:db8::1]:1",
    "localhost:80, 127.0.0.1:80",
    "[::ffff:192.0.2.1]:80, 192.0.2.1:80",
  })
  void readsAnAddressAndAPort(String text, String endpoint) {
    assertThat(ListenAddress.parse(text).orElseThrow()).hasToString(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "443",
        "127.0.0.1",
        ":0",
        ":65536",
        ":-1",
        ":+443",
        ":0443",
        ":https",
        ":443 ",
        " :443",
        "::443",
        "[::1]",
        "[127.0.0.1]:443",
        "[localhost]:443",
        "example.org:443",
        "LOCALHOST:443",
        "*:443",
        "127.1:443",
        "[fe80::1%eth0]:443",
      })
  void refusesEverythingElseWithoutAskingAnybody(String text) {
    long questions = FailingResolver.QUESTIONS.get();
    assertThat(ListenAddress.parse(text)).isEmpty();
    assertThat(FailingResolver.QUESTIONS).hasValue(questions);
  }

  @ParameterizedTest
  @CsvSource({
    ":443, :443, true",
    ":443, 127.0.0.1:443, true",
    "0.0.0.0:443, [::1]:443, true",
    "127.0.0.1:443, 127.0.0.1:443, true",
    "localhost:443, 127.0.0.1:443, true",
    "[::ffff:192.0.2.1]:443, 192.0.2.1:443, true",
    ":443, :444, false",
    "127.0.0.1:443, 127.0.0.2:443, false",
    "127.0.0.1:443, [::1]:443, false",
    "127.0.0.1:443, 127.0.0.1:444, false",
  })
  void twoAddressesOverlapWhenTheyShareAPortAndAHost(String one, String other, boolean overlap) {
    Endpoint first = ListenAddress.parse(one).orElseThrow();
    Endpoint second = ListenAddress.parse(other).orElseThrow();
    assertThat(ListenAddress.overlap(first, second)).isEqualTo(overlap);
    assertThat(ListenAddress.overlap(second, first)).isEqualTo(overlap);
  }

  @Test
  void aPortHas16Bits() {
    assertThat(new Endpoint(IpAddress.ANY_IPV4, 65535)).hasToString("0.0.0.0:65535");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Endpoint(IpAddress.ANY_IPV4, 65536))
        .withMessage("port: 65536 (expected: 0-65535)");
    assertThatIllegalArgumentException().isThrownBy(() -> new Endpoint(IpAddress.ANY_IPV4, -1));
  }
}
