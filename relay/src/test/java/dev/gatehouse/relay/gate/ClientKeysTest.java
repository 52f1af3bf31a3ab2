package dev.gatehouse.relay.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 7.7 of the relay's specification. */
class ClientKeysTest {

  private static final CidrSet TEN = CidrSet.of(List.of(new Cidr(IpAddress.ipv4(0x0a00_0000), 8)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "no  | none | 192.0.2.1 | 198.51.100.9 | 192.0.2.1",
        "yes | none | 192.0.2.1 | 198.51.100.9 | 198.51.100.9",
        "yes | none | 192.0.2.1 | ~ 198.51.100.9 , 10.0.0.1~ | 198.51.100.9",
        "yes | none | 192.0.2.1 | , 198.51.100.9 | 192.0.2.1",
        "yes | none | 192.0.2.1 | absent | 192.0.2.1",
        "yes | none | 192.0.2.1 | ~~ | 192.0.2.1",
        "yes | none | 192.0.2.1 | unknown | 192.0.2.1",
        "yes | none | 192.0.2.1 | evil\" | 192.0.2.1",
        "yes | none | 192.0.2.1 | 192.1 | 192.0.2.1",
        "yes | none | 192.0.2.1 | 198.51.100.9:443 | 198.51.100.9",
        "yes | none | 192.0.2.1 | 2001:db8::1 | 2001:db8::",
        "yes | none | 192.0.2.1 | [2001:db8::1]:443 | 2001:db8::",
        "yes | none | 192.0.2.1 | [2001:db8::1] | 2001:db8::",
        "yes | none | 192.0.2.1 | [] | 192.0.2.1",
        "yes | ten  | 10.0.0.1  | 203.0.113.1, 198.51.100.9, 10.0.0.2 | 198.51.100.9",
        "yes | ten  | 10.0.0.1  | 203.0.113.1, unknown, 10.0.0.2 | 10.0.0.1",
        "yes | ten  | 192.0.2.1 | 198.51.100.9 | 192.0.2.1",
        "yes | ten  | 10.0.0.1  | 10.0.0.3 | 10.0.0.1",
        "yes | ten  | 10.0.0.1  | ::ffff:10.0.0.3 | 10.0.0.1",
        "no  | none | ::ffff:192.0.2.1 | absent | 192.0.2.1",
        "no  | none | 2001:db8:0:1:2:3:4:5 | absent | 2001:db8:0:1::",
      })
  void theKeyIsTheNearestAddressThatCanBeBelieved(
      String trust, String proxies, String peer, String forwarded, String key) {
    ClientKeys keys =
        new ClientKeys(trust.equals("yes"), proxies.equals("ten") ? TEN : CidrSet.EMPTY);
    HttpHeaders headers = Requests.headers();
    if (!forwarded.equals("absent")) {
      headers.set("X-Forwarded-For", forwarded);
    }
    assertThat(keys.of(address(peer), headers)).isEqualTo(address(key));
  }

  @Test
  void allLinesCountAsOne() {
    HttpHeaders headers = Requests.headers();
    headers.add("X-Forwarded-For", "203.0.113.1").add("x-forwarded-for", "198.51.100.9, 10.0.0.2");
    assertThat(new ClientKeys(true, TEN).of(address("10.0.0.1"), headers))
        .isEqualTo(address("198.51.100.9"));
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
