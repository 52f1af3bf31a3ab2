package dev.gatehouse.kernel.address;

import static dev.gatehouse.kernel.address.Addresses.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  private static final long SEED = 20_260_101;
  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:DB8::1, 2001:db8::1",
    "2001:0db8:0000:0001:0000:0000:0000:0001, 2001:db8:0:1::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1::, 1::",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "::ffff:c000:201, ::ffff:192.0.2.1",
    "::192.0.2.1, ::c000:201",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201",
    "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  })
  void readsEveryTextFormAndWritesTheCanonicalOne(String text, String canonical) {
    assertThat(literal(text)).hasToString(canonical);
    assertThat(literal(canonical)).isEqualTo(literal(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "...",
        ":",
        ":::",
        "::::",
        "1",
        "127.1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.256",
        "1.2.3.1000",
        "01.2.3.4",
        "1.2.3.04",
        "+1.2.3.4",
        "1.2.3.-4",
        "0x7f.0.0.1",
        "１.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4\n",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1::2:3:4:5:6:7:8",
        "1::2::3",
        ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:",
        "12345::",
        "::g",
        "::-1",
        "::+1",
        "::1%lo",
        "[::1]",
        "1:2:3:4:5:6:7:192.0.2.1",
        "::1:2:3:4:5:6:7:192.0.2.1",
        "::1:2:3:4:5:6:192.0.2.1",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "::1.2.3",
        "::01.2.3.4",
        "::ffff:1.2.3.4.5",
        "0000ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255",
      })
  void refuses(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void agreesWithTheJdkOnEveryValidAddress() throws UnknownHostException {
    Random random = new Random(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      IpAddress address = Addresses.random(random);
      InetAddress expected = InetAddress.getByAddress(address.bytes());
      String text = address.toString();
      assertThat(literal(text)).as("%s, seed %d", text, SEED).isEqualTo(address);
      assertThat(InetAddress.ofLiteral(text)).as("%s, seed %d", text, SEED).isEqualTo(expected);
      // the JDK turns a mapped address into its IPv4 address
      assertThat(literal(expected.getHostAddress())).isEqualTo(address.unmapped());
      assertThat(address.isMapped())
          .isEqualTo(expected instanceof Inet4Address && address.family() == AddressFamily.IPV6);
    }
  }

  @Test
  void isTotal() {
    Random random = new Random(SEED);
    String alphabet = "::::....0011234567899fFgG% []-+\n";
    for (int i = 0; i < 10 * ROUNDS; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(48); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String input = text.toString();
      IpAddress.parse(input)
          .ifPresent(
              address ->
                  assertThat(literal(address.toString())).as("%s", input).isEqualTo(address));
    }
  }

  @Test
  void bytesAreInNetworkOrder() {
    assertThat(literal("192.0.2.1").bytes()).containsExactly(192, 0, 2, 1);
    assertThat(literal("102:304:506:708:90a:b0c:d0e:f10").bytes())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  }

  @Test
  void bytesOfAnotherLengthAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.ofBytes(new byte[5]))
        .withMessage("bytes: 5 (expected: 4, 16)");
  }

  @Test
  void anIpv4AddressHas32Bits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IpAddress(AddressFamily.IPV4, 0, 1L << 32));
    assertThatIllegalArgumentException().isThrownBy(() -> new IpAddress(AddressFamily.IPV4, 1, 0));
    assertThat(IpAddress.ipv4(-1)).hasToString("255.255.255.255");
  }

  @Test
  void onlyTheMappedAddressIsUnmapped() {
    assertThat(literal("::ffff:192.0.2.1").unmapped()).isEqualTo(literal("192.0.2.1"));
    assertThat(literal("::192.0.2.1").unmapped()).isEqualTo(literal("::192.0.2.1"));
    assertThat(literal("1::ffff:192.0.2.1").isMapped()).isFalse();
    assertThat(literal("192.0.2.1").isMapped()).isFalse();
  }

  @Test
  void bothWildcardsAreKnown() {
    assertThat(literal("0.0.0.0")).isEqualTo(IpAddress.ANY_IPV4);
    assertThat(literal("::")).isEqualTo(IpAddress.ANY_IPV6);
    assertThat(IpAddress.ANY_IPV4.isWildcard()).isTrue();
    assertThat(IpAddress.ANY_IPV6.isWildcard()).isTrue();
    assertThat(literal("::1").isWildcard()).isFalse();
    assertThat(literal("1::").isWildcard()).isFalse();
  }
}
