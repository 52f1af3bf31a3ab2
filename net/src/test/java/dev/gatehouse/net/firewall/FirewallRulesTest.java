package dev.gatehouse.net.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.firewall.FirewallRule.Address;
import dev.gatehouse.net.firewall.FirewallRule.Country;
import dev.gatehouse.net.firewall.FirewallRule.Network;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FirewallRulesTest {

  private static final IpAddress IP = IpAddress.ipv4(0xc000_0201);
  private static final FirewallRule ADDRESS = new Address(IP);
  private static final FirewallRule NETWORK = new Network(new Cidr(IpAddress.ipv4(0x0a00_0000), 8));
  private static final FirewallRule COUNTRY = new Country("NL");

  static final List<FirewallRule> ONE_OF_EACH = List.of(ADDRESS, NETWORK, COUNTRY);

  @ParameterizedTest
  @FieldSource("ONE_OF_EACH")
  void aRuleThatIsAddedIsThereAndOneThatIsTakenAwayIsNot(FirewallRule rule) {
    FirewallRules others = FirewallRules.of(ONE_OF_EACH).without(rule);
    assertThat(others.contains(rule)).isFalse();
    assertThat(others.size()).isEqualTo(2);
    FirewallRules all = others.with(rule);
    assertThat(all.contains(rule)).isTrue();
    assertThat(all).isEqualTo(FirewallRules.of(ONE_OF_EACH));
  }

  @Test
  void rulesAreToldByKindAndThenInTheOrderOfTheirComing() {
    FirewallRule second = new Address(IpAddress.ipv4(1));
    assertThat(FirewallRules.of(List.of(COUNTRY, ADDRESS, NETWORK, second)).all())
        .containsExactly(ADDRESS, second, NETWORK, COUNTRY);
    assertThat(FirewallRules.of(List.of(second, ADDRESS)).all()).containsExactly(second, ADDRESS);
    assertThat(FirewallRules.NONE.all()).isEmpty();
  }

  @Test
  void aSecondRuleOfTheSameValueIsNone() {
    FirewallRules rules = FirewallRules.of(List.of(ADDRESS, ADDRESS));
    assertThat(rules.size()).isEqualTo(1);
    assertThat(rules.with(ADDRESS)).isEqualTo(rules);
    assertThat(FirewallRules.NONE.without(ADDRESS)).isEqualTo(FirewallRules.NONE);
  }

  @Test
  void anIpv4MappedAddressIsThatOfIpv4() {
    IpAddress mapped = IpAddress.parse("::ffff:192.0.2.1").orElseThrow();
    assertThat(FirewallRules.of(List.of(new Address(mapped))))
        .isEqualTo(FirewallRules.of(List.of(ADDRESS)))
        .isEqualTo(new FirewallRules(Set.of(mapped), Set.of(), Set.of()));
  }

  @Test
  void noMoreThanTheMostCanBeAdded() {
    FirewallRules most =
        FirewallRules.of(
            IntStream.range(0, FirewallRules.MAX_RULES)
                .<FirewallRule>mapToObj(i -> new Address(IpAddress.ipv4(i)))
                .toList());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> most.with(COUNTRY))
        .withMessage("firewall rules: 100001 (expected: at most 100000)");
  }
}
