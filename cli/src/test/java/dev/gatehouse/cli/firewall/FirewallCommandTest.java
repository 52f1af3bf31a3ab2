package dev.gatehouse.cli.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.v1.AddFirewallRuleRequest;
import dev.gatehouse.v1.AddFirewallRuleResponse;
import dev.gatehouse.v1.ExplainAddressRequest;
import dev.gatehouse.v1.ExplainAddressResponse;
import dev.gatehouse.v1.FirewallRule;
import dev.gatehouse.v1.FirewallRuleType;
import dev.gatehouse.v1.GetFirewallRulesRequest;
import dev.gatehouse.v1.GetFirewallRulesResponse;
import dev.gatehouse.v1.RemoveFirewallRuleRequest;
import dev.gatehouse.v1.RemoveFirewallRuleResponse;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

class FirewallCommandTest extends DaemonTest {

  private static final FirewallRule CIDR =
      rule(FirewallRuleType.FIREWALL_RULE_TYPE_CIDR, "198.51.100.0/24");
  private static final FirewallRule COUNTRY =
      rule(FirewallRuleType.FIREWALL_RULE_TYPE_COUNTRY, "AQ");

  @Test
  void showsTheRules() {
    daemon()
        .answers(
            GetFirewallRulesRequest.class,
            GetFirewallRulesResponse.newBuilder().addRules(CIDR).addRules(COUNTRY).build());
    assertThat(run("firewall list")).isEqualTo(Cli.OK);
    run("firewall list --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            TYPE     VALUE
            cidr     198.51.100.0/24
            country  AQ
            {"version":1,"rules":[{"type":"cidr","value":"198.51.100.0/24"},\
            {"type":"country","value":"AQ"}]}
            """);
  }

  @Test
  void addsARule() {
    daemon()
        .answers(
            AddFirewallRuleRequest.class,
            AddFirewallRuleResponse.newBuilder().setClosedConnections(3).build());
    assertThat(run("firewall add cidr 198.51.100.0/24")).isEqualTo(Cli.OK);
    run("firewall add cidr 198.51.100.0/24 --close-existing");
    run("firewall add cidr 198.51.100.0/24 --close-existing --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            added: cidr 198.51.100.0/24
            added: cidr 198.51.100.0/24; 3 open connections were reset
            {"version":1,"type":"cidr","value":"198.51.100.0/24","outcome":"added",\
            "closed_connections":3}
            """);
    AddFirewallRuleRequest first = AddFirewallRuleRequest.newBuilder().setRule(CIDR).build();
    AddFirewallRuleRequest closing = first.toBuilder().setCloseExisting(true).build();
    assertThat(daemon().asked()).containsExactly(first, closing, closing);
  }

  @Test
  void saysWhyARuleCannotBe() {
    daemon()
        .fails(
            AddFirewallRuleRequest.class,
            Status.FAILED_PRECONDITION.withDescription(
                "country AQ: no database of countries; set firewall.geoip_db"));
    assertThat(run("firewall add country AQ")).isEqualTo(Cli.FAILED);
    assertThat(screen().err())
        .isEqualTo("firewall add: country AQ: no database of countries; set firewall.geoip_db\n");
  }

  @Test
  void removesARule() {
    daemon()
        .answers(RemoveFirewallRuleRequest.class, RemoveFirewallRuleResponse.getDefaultInstance());
    assertThat(run("firewall remove country AQ")).isEqualTo(Cli.OK);
    run("firewall remove country AQ --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            removed: country AQ
            {"version":1,"type":"country","value":"AQ","outcome":"removed"}
            """);
    assertThat(daemon().asked())
        .first()
        .isEqualTo(RemoveFirewallRuleRequest.newBuilder().setRule(COUNTRY).build());
  }

  @Test
  void explainsWhyAnAddressIsBlocked() {
    daemon()
        .answers(
            ExplainAddressRequest.class,
            ExplainAddressResponse.newBuilder()
                .setScope("public")
                .setCountry("AQ")
                .setBlockedReason("country")
                .setRule(COUNTRY)
                .setOpenConnections(2)
                .setRateEstimate(7.25)
                .build());
    assertThat(run("firewall explain 198.51.100.7")).isEqualTo(Cli.OK);
    run("firewall explain 198.51.100.7 --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            198.51.100.7 · public · AQ
            blocked: country, by the rule country AQ
            2 open connections · 7.3 in the window of the rate limit
            {"version":1,"address":"198.51.100.7","scope":"public","country":"AQ","blocked":true,\
            "blocked_reason":"country","rule":{"type":"country","value":"AQ"},\
            "open_connections":2,"rate_estimate":7.25}
            """);
  }

  @Test
  void explainsThatAnAddressIsLetIn() {
    daemon()
        .answers(
            ExplainAddressRequest.class,
            ExplainAddressResponse.newBuilder().setScope("loopback").build());
    run("firewall explain 127.0.0.1");
    run("firewall explain 127.0.0.1 --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            127.0.0.1 · loopback
            let in
            0 open connections · 0.0 in the window of the rate limit
            {"version":1,"address":"127.0.0.1","scope":"loopback","country":null,"blocked":false,\
            "blocked_reason":null,"rule":null,"open_connections":0,"rate_estimate":0.0}
            """);
  }

  @Test
  void anAddressThatIsNoneIsAWrongUsage() {
    daemon()
        .refuses(
            ExplainAddressRequest.class,
            "address: no address",
            "address",
            "\"here\" (expected: an IPv4 or IPv6 literal)");
    assertThat(run("firewall explain here")).isEqualTo(Cli.REFUSED);
    assertThat(screen().err())
        .isEqualTo(
            """
            firewall explain: address: no address
              address: "here" (expected: an IPv4 or IPv6 literal)
            """);
  }

  private static FirewallRule rule(FirewallRuleType type, String value) {
    return FirewallRule.newBuilder().setType(type).setValue(value).build();
  }
}
