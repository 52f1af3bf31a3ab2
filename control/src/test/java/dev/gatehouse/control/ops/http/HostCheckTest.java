package dev.gatehouse.control.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {

  private final HostCheck hosts = new HostCheck(List.of("Ops.Example.org", "kelvin"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:",
        "localhost:0",
        "LOCALHOST:99999",
        "127.0.0.1",
        "127.255.255.255:1",
        "[::1]",
        "[0:0:0:0:0:0:0:1]:9090",
        "ops.example.org",
        "OPS.EXAMPLE.ORG:1",
        "kelvin"
      })
  void accepts(String authority) {
    assertThat(hosts.accepts(authority)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "localhost.",
        "localhost:80:80",
        "localhost:-1",
        "localhost:+80",
        "localhost:100000",
        "localhost:\u0661",
        " localhost",
        "localhost ",
        "local host",
        "localhost,evil",
        "x@localhost",
        "localhost/",
        "127.0.0.1.",
        "127.0.0.01",
        "0127.0.0.1",
        "127.1",
        "0x7f000001",
        "126.255.255.255",
        "128.0.0.1",
        "[::1",
        "::1]",
        "[]",
        "[::1]x",
        "[::1%lo]",
        "[::ffff:7f00:1]",
        "[localhost]",
        "\u212aelvin",
        "example.org",
        "sub.ops.example.org",
        "localhost\u0000"
      })
  void refuses(String authority) {
    assertThat(hosts.accepts(authority)).isFalse();
  }

  @Test
  void aNameThatIsNotAllowedIsRefusedEvenIfItResolvesToThisHost() {
    assertThat(hosts.accepts("localhost.localdomain")).isFalse();
    assertThat(hosts.accepts("ip6-localhost")).isFalse();
  }
}
