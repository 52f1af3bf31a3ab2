package dev.gatehouse.kernel.address;

import static dev.gatehouse.kernel.address.Addresses.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  private static final long SEED = 4632;

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0.0/0", "10.0.0.0/8", "192.0.2.1/32", "::/0", "2001:db8::/32", "::1/128"})
  void readsANetwork(String text) {
    assertThat(cidr(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, 10.0.0.0/8",
    "192.0.2.129/25, 192.0.2.128/25",
    "192.0.2.1/0, 0.0.0.0/0",
    "2001:db8::1/32, 2001:db8::/32",
    "2001:db8:0:0:8000::1/65, 2001:db8:0:0:8000::/65",
    "::ffff:10.0.0.0/104, 10.0.0.0/8",
    "::ffff:10.1.2.3/128, 10.1.2.3/32",
    "::ffff:0:0/95, 'an IPv4 network, not an IPv4-mapped one'",
    "10.0.0.0/33, a prefix from 0 to 32",
    "::/129, a prefix from 0 to 128",
  })
  void suggestsWhatWasMeant(String text, String expected) {
    assertThat(Cidr.read(text)).isEqualTo(new Cidr.Read.Refused(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/-1",
        "10.0.0.0/8 ",
        "10.0.0.0/8/8",
        "10.0.0.0/1000",
        "10.0/8",
        "10.0.0.0/255.0.0.0",
        "[::]/0",
        "example.org/8",
      })
  void refusesWhatIsNoNetwork(String text) {
    assertThat(Cidr.read(text))
        .isEqualTo(new Cidr.Read.Refused("a network such as 10.0.0.0/8 or 2001:db8::/32"));
  }

  @Test
  void theRecordIsAsStrictAsItsText() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(literal("10.0.0.1"), 8));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(literal("10.0.0.0"), 33));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(literal("10.0.0.0"), -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cidr(literal("::ffff:10.0.0.0"), 104));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, true",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "10.0.0.0/8, ::10.1.2.3, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::, false",
    "::/0, ::1, true",
    "::/0, 10.0.0.1, false",
    "::/0, ::ffff:10.0.0.1, false",
    "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::/64, 2001:db8:0:1::, false",
    "2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff, true",
    "2001:db8::/65, 2001:db8::8000:0:0:0, false",
    "::1/128, ::1, true",
    "::1/128, ::2, false",
  })
  void holdsItsAddresses(String network, String address, boolean expected) {
    assertThat(cidr(network).contains(literal(address))).isEqualTo(expected);
    assertThat(CidrSet.of(List.of(cidr(network))).contains(literal(address))).isEqualTo(expected);
  }

  @Test
  void aSetAgreesWithAListOfItsNetworks() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      List<Cidr> networks = networks(random);
      CidrSet set = CidrSet.of(networks);
      for (int i = 0; i < 200; i++) {
        IpAddress address = near(networks, random);
        assertThat(set.contains(address))
            .as("%s in %s, seed %d", address, networks, SEED)
            .isEqualTo(networks.stream().anyMatch(network -> network.contains(address)));
      }
    }
  }

  @Test
  void theEmptySetHoldsNothing() {
    assertThat(CidrSet.EMPTY.contains(IpAddress.ANY_IPV4)).isFalse();
    assertThat(CidrSet.EMPTY.isEmpty()).isTrue();
    assertThat(CidrSet.of(List.of(cidr("::/0"))).isEmpty()).isFalse();
  }

  private static List<Cidr> networks(Random random) {
    List<Cidr> networks = new ArrayList<>();
    for (int count = random.nextInt(40); count > 0; count--) {
      IpAddress address = Addresses.random(random).unmapped();
      int prefix = random.nextInt(address.family().bytes() * 8 + 1);
      networks.add(
          switch (Cidr.read(address + "/" + prefix)) {
            case Cidr.Read.Network(Cidr cidr) -> cidr;
            case Cidr.Read.Refused(String expected) -> cidr(expected);
          });
    }
    return networks;
  }

  /** An address at, just before or somewhere after a network's first one: where the edges are. */
  private static IpAddress near(List<Cidr> networks, Random random) {
    if (networks.isEmpty() || random.nextInt(4) == 0) {
      return Addresses.random(random);
    }
    IpAddress first = networks.get(random.nextInt(networks.size())).network();
    long step = random.nextInt(3) - 1L;
    return switch (first.family()) {
      case IPV4 -> IpAddress.ipv4((int) (first.low() + step));
      case IPV6 -> IpAddress.ipv6(first.high(), first.low() + step);
    };
  }

  private static Cidr cidr(String text) {
    return ((Cidr.Read.Network) Cidr.read(text)).cidr();
  }
}
