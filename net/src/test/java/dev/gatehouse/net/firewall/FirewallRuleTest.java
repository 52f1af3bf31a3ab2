package dev.gatehouse.net.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.firewall.Firewall.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirewallRuleTest {

  @ParameterizedTest
  @CsvSource({
    "IP, 192.0.2.1, 192.0.2.1",
    "IP, ::ffff:192.0.2.1, 192.0.2.1",
    "IP, 2001:DB8:0:0::1, 2001:db8::1",
    "CIDR, 192.0.2.0/24, 192.0.2.0/24",
    "CIDR, 2001:DB8::/32, 2001:db8::/32",
    "COUNTRY, nl, NL",
    "COUNTRY, XK, XK",
  })
  void aValueIsReadIntoItsNormalForm(Reason type, String text, String value) {
    FirewallRule rule = read(type, text);
    assertThat(rule.reason()).isEqualTo(type);
    assertThat(rule.value()).isEqualTo(value);
    assertThat(read(type, rule.value())).as("reading it again").isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IP | 192.0.2 | an IP address such as \"192.0.2.1\" or \"2001:db8::1\"",
        "IP | 192.0.2.0/24 | an IP address such as \"192.0.2.1\" or \"2001:db8::1\"",
        "CIDR | 192.0.2.1 | a network such as 10.0.0.0/8 or 2001:db8::/32",
        "CIDR | 192.0.2.1/24 | 192.0.2.0/24",
        "CIDR | 192.0.2.0/33 | a prefix from 0 to 32",
        "CIDR | ::ffff:192.0.2.0/120 | 192.0.2.0/24",
        "COUNTRY | NLD | an ISO 3166-1 code of two letters such as \"NL\"",
        "COUNTRY | ZZ | an ISO 3166-1 code of two letters such as \"NL\"",
        "RATE_LIMIT | 5 | a rule of type ip, cidr or country",
      })
  void anythingElseIsRefusedWithWhatIsExpected(Reason type, String text, String expected) {
    assertThat(FirewallRule.read(type, text)).isEqualTo(new FirewallRule.Read.Refused(expected));
  }

  @Test
  void oneValueOfTwoTypesIsTwoRules() {
    assertThat(read(Reason.CIDR, "192.0.2.1/32")).isNotEqualTo(read(Reason.IP, "192.0.2.1"));
  }

  private static FirewallRule read(Reason type, String text) {
    return switch (FirewallRule.read(type, text)) {
      case FirewallRule.Read.Rule(FirewallRule rule) -> rule;
      case FirewallRule.Read.Refused refused -> throw new AssertionError(refused);
    };
  }
}
