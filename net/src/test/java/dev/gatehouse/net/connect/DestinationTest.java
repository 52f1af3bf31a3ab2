package dev.gatehouse.net.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

  private static final String LABEL = "a".repeat(63);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5:443",
        "[2001:db8::1]:443",
        "[::ffff:10.0.0.5]:1",
        "git.internal:443",
        "Git.Internal:443",
        "localhost:65535",
        "my_app-1:8080",
        "1and1.example:25",
        "xn--bcher-kva.example:80",
        "0x.example:80",
        "a:1",
      })
  void givesTheTextBack(String text) {
    assertThat(Destination.parse(text)).hasValueSatisfying(to -> assertThat(to).hasToString(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":443",
        "git.internal",
        "git.internal:",
        "git.internal:0",
        "git.internal:65536",
        "git.internal:+443",
        "git.internal:0443",
        "git.internal:443 ",
        " git.internal:443",
        "git..internal:443",
        ".internal:443",
        "git.internal.:443",
        "-git.internal:443",
        "git-.internal:443",
        "gít.internal:443",
        "git/internal:443",
        "user@git.internal:443",
        "2001:db8::1:443",
        "[git.internal]:443",
        "[10.0.0.5]:443",
        "[fe80::1%eth0]:443",
        "[]:443",
        "*:443",
      })
  void rejects(String text) {
    assertThat(Destination.parse(text)).isEmpty();
  }

  /** Names to us, addresses to getaddrinfo(3): who writes them did not mean where they lead. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1:80",
        "10.1:80",
        "10.0.0.256:80",
        "010.0.0.1:80",
        "1.2.3.4.5:80",
        "0x7f000001:80",
        "0X7F.1:80",
        "0x7f.0x1:80",
        "host.0x:80",
      })
  void rejectsNamesThatEndInANumber(String text) {
    assertThat(Destination.parse(text)).isEmpty();
  }

  @Test
  void rejectsALabelOfMoreThan63Characters() {
    assertThat(Destination.parse(LABEL + ".internal:443")).isPresent();
    assertThat(Destination.parse(LABEL + "a.internal:443")).isEmpty();
  }

  @Test
  void rejectsANameOfMoreThan253Characters() {
    String name = LABEL + "." + LABEL + "." + LABEL + "." + "a".repeat(61);
    assertThat(name).hasSize(253);
    assertThat(Destination.parse(name + ":443")).isPresent();
    assertThat(Destination.parse(name + "a:443")).isEmpty();
  }

  @Test
  void aLiteralIsConnectedToWithoutAResolver() {
    Destination to = Destination.parse("[2001:db8::1]:443").orElseThrow();
    assertThat(to.literal()).isEqualTo(IpAddress.parse("2001:db8::1"));
    assertThat(to.addresses())
        .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 443));
    assertThat(to.host()).isEqualTo("2001:db8::1");
    assertThat(to.port()).isEqualTo(443);
  }

  @Test
  void aNameHasNoAddressYet() {
    Destination to = Destination.parse("git.internal:443").orElseThrow();
    assertThat(to.literal()).isEmpty();
    assertThat(to.addresses()).isEmpty();
  }

  @Test
  void equalsByHostAndPort() {
    assertThat(Destination.parse("git.internal:443"))
        .isEqualTo(Destination.parse("git.internal:443"))
        .hasSameHashCodeAs(Destination.parse("git.internal:443"))
        .isNotEqualTo(Destination.parse("git.internal:444"))
        .isNotEqualTo(Destination.parse("www.internal:443"));
  }
}
