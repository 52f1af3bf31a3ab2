package dev.gatehouse.control.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatehouse.control.CallFailure;
import dev.gatehouse.control.Daemon;
import dev.gatehouse.control.FakeEditor;
import dev.gatehouse.control.RawChannel;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.net.firewall.CountryLookup;
import dev.gatehouse.net.firewall.RateLimit;
import dev.gatehouse.net.firewall.RuleFirewall;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.v1.AddFirewallRuleRequest;
import dev.gatehouse.v1.ExplainAddressRequest;
import dev.gatehouse.v1.ExplainAddressResponse;
import dev.gatehouse.v1.FirewallRule;
import dev.gatehouse.v1.FirewallRuleType;
import dev.gatehouse.v1.FirewallServiceGrpc;
import dev.gatehouse.v1.GetFirewallRulesRequest;
import dev.gatehouse.v1.RemoveFirewallRuleRequest;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FirewallCallsTest {

  private static final FirewallRule ADDRESS =
      rule(FirewallRuleType.FIREWALL_RULE_TYPE_IP, "192.0.2.1");
  private static final FirewallRule NETWORK =
      rule(FirewallRuleType.FIREWALL_RULE_TYPE_CIDR, "2001:db8::/32");
  private static final FirewallRule COUNTRY =
      rule(FirewallRuleType.FIREWALL_RULE_TYPE_COUNTRY, "nl");

  /** The Netherlands have 198.51.100.x, nobody else has anything. */
  private static final CountryLookup COUNTRIES =
      address ->
          Optional.of("NL").filter(code -> address.unmapped().toString().startsWith("198.51.100."));

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();
  private final ManualTicker ticker = new ManualTicker();
  private final FakeEditor editor = new FakeEditor(Ruleset.EMPTY);
  private final RuleFirewall firewall = new RuleFirewall(COUNTRIES, ticker, new EventCounters());
  private final FakeConnections connections =
      new FakeConnections(
          () -> editor.ruleset().firewall().size(),
          "192.0.2.1",
          "::ffff:192.0.2.1",
          "192.0.2.2",
          "2001:db8::7",
          "198.51.100.9");
  private Daemon daemon;
  private RawChannel raw;
  private FirewallServiceGrpc.FirewallServiceBlockingStub stub;

  @BeforeEach
  void start() throws IOException {
    daemon = new Daemon(folder, calls(editor));
    raw = new RawChannel(daemon.socket());
    stub = FirewallServiceGrpc.newBlockingStub(raw.channel());
  }

  @AfterEach
  void stop() throws IOException {
    raw.close();
    daemon.close();
  }

  @Test
  void addsListsAndRemovesRulesOfEveryType() {
    assertThat(rules()).isEmpty();
    List.of(COUNTRY, NETWORK, ADDRESS).forEach(this::add);
    FirewallRule listedCountry = rule(FirewallRuleType.FIREWALL_RULE_TYPE_COUNTRY, "NL");
    assertThat(rules()).containsExactly(ADDRESS, NETWORK, listedCountry);
    remove(NETWORK);
    assertThat(rules()).containsExactly(ADDRESS, listedCountry);
  }

  @Test
  void aRuleThatIsThereOrNotThereIsSaidToBe() {
    add(ADDRESS);
    FirewallRule same = rule(FirewallRuleType.FIREWALL_RULE_TYPE_IP, "::ffff:192.0.2.1");
    assertThat(CallFailure.of(() -> add(same)))
        .isEqualTo(
            new CallFailure(Code.ALREADY_EXISTS, "ip 192.0.2.1 is blocked already", List.of()));
    assertThat(CallFailure.of(() -> remove(NETWORK)))
        .isEqualTo(
            new CallFailure(
                Code.NOT_FOUND,
                "there is no cidr 2001:db8::/32; expected a rule of 'gatehouse firewall list'",
                List.of()));
  }

  @Test
  void aCountryNeedsADatabaseOfThem() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("bare"));
    FakeEditor withoutCountries = new FakeEditor(Ruleset.EMPTY, false);
    try (Daemon bare = new Daemon(elsewhere, calls(withoutCountries));
        RawChannel channel = new RawChannel(bare.socket())) {
      CallFailure failure =
          CallFailure.of(
              () ->
                  FirewallServiceGrpc.newBlockingStub(channel.channel())
                      .addFirewallRule(adding(COUNTRY, true)));
      assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
      assertThat(failure.description()).contains("firewall.geoip_db");
    }
    assertThat(connections.closed()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | 192.0.2.1 | rule.type: 0: expected ip, cidr or country",
        "9 | 192.0.2.1 | rule.type: 9: expected ip, cidr or country",
        "1 | `` | rule.value: \"\": expected an IP address such as \"192.0.2.1\" or \"2001:db8::1\"",
        "1 | 192.0.2.0/24 | rule.value: \"192.0.2.0/24\": expected an IP address such as"
            + " \"192.0.2.1\" or \"2001:db8::1\"",
        "2 | 192.0.2.1/24 | rule.value: \"192.0.2.1/24\": expected 192.0.2.0/24",
        "2 | 192.0.2.1 | rule.value: \"192.0.2.1\": expected a network such as 10.0.0.0/8 or"
            + " 2001:db8::/32",
        "3 | ZZ | rule.value: \"ZZ\": expected an ISO 3166-1 code of two letters such as \"NL\"",
      })
  void aRuleThatIsNoneIsRefusedWithTheWayOut(int type, String value, String violation) {
    FirewallRule wrong = FirewallRule.newBuilder().setTypeValue(type).setValue(value).build();
    CallFailure failure = CallFailure.of(() -> add(wrong));
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.violations()).containsExactly(violation);
    assertThat(CallFailure.of(() -> remove(wrong))).isEqualTo(failure);
    assertThat(editor.edits()).isEmpty();
  }

  @Test
  void openConnectionsStayUnlessTheyAreToClose() {
    add(ADDRESS);
    assertThat(connections.closed()).isZero();
  }

  @Test
  void whoMatchesIsResetOnceTheRuleIsInForce() {
    assertThat(stub.addFirewallRule(adding(ADDRESS, true)).getClosedConnections()).isEqualTo(2);
    assertThat(stub.addFirewallRule(adding(NETWORK, true)).getClosedConnections()).isEqualTo(1);
    assertThat(stub.addFirewallRule(adding(COUNTRY, true)).getClosedConnections()).isEqualTo(1);
    assertThat(connections.rulesAtReset()).containsExactly(1, 2, 3);
    assertThat(CallFailure.of(() -> stub.addFirewallRule(adding(ADDRESS, true))).code())
        .isEqualTo(Code.ALREADY_EXISTS);
    assertThat(connections.closed()).isEqualTo(4);
  }

  @Test
  void aRuleThatCouldNotBeWrittenClosesNothing() {
    editor.refuse(new EditRefusedException(Reason.NOT_WRITTEN, "", "the disk is full"));
    assertThat(CallFailure.of(() -> stub.addFirewallRule(adding(ADDRESS, true))))
        .isEqualTo(new CallFailure(Code.INTERNAL, "the disk is full", List.of()));
    assertThat(connections.closed()).isZero();
  }

  @Test
  void explainsAnAddressThatMayComeIn() {
    assertThat(explain("192.0.2.2"))
        .isEqualTo(
            ExplainAddressResponse.newBuilder().setScope("public").setOpenConnections(1).build());
    assertThat(explain("127.0.0.1").getScope()).isEqualTo("loopback");
  }

  @Test
  void explainsWhoIsBlockedAndWhy() {
    firewall.rate(new RateLimit(10, Duration.ofSeconds(10), 16));
    add(COUNTRY);
    firewall.rules(editor.ruleset().firewall());
    IpAddress dutch = IpAddress.parse("198.51.100.9").orElseThrow();
    firewall.blockedWithReason(dutch);
    assertThat(explain("::ffff:198.51.100.9"))
        .isEqualTo(
            ExplainAddressResponse.newBuilder()
                .setScope("public")
                .setCountry("NL")
                .setBlockedReason("country")
                .setRule(rule(FirewallRuleType.FIREWALL_RULE_TYPE_COUNTRY, "NL"))
                .setOpenConnections(1)
                .setRateEstimate(1)
                .build());
  }

  @Test
  void explainsNothingButAddresses() {
    assertThat(CallFailure.of(() -> explain("example.org")).violations())
        .containsExactly(
            "address: \"example.org\": expected an IP address such as \"192.0.2.1\" or"
                + " \"2001:db8::1\"");
  }

  @Test
  void everyChangeIsToldWithItsRule() {
    stub.addFirewallRule(adding(NETWORK, true));
    CallFailure.of(() -> remove(ADDRESS));
    assertThat(log.events("control"))
        .extracting(
            line -> line.fields().get("method"),
            line -> line.fields().get("type") + ' ' + line.fields().get("value"),
            line -> line.fields().get("close_existing"),
            line -> line.fields().get("result"))
        .containsExactly(
            tuple("AddFirewallRule", "cidr 2001:db8::/32", "true", "OK"),
            tuple("RemoveFirewallRule", "ip 192.0.2.1", null, "NOT_FOUND"));
  }

  private FirewallCalls calls(FakeEditor over) {
    return new FirewallCalls(over, firewall, COUNTRIES, connections, new Audit());
  }

  private List<FirewallRule> rules() {
    return stub.getFirewallRules(GetFirewallRulesRequest.getDefaultInstance()).getRulesList();
  }

  private void add(FirewallRule rule) {
    assertThat(stub.addFirewallRule(adding(rule, false)).getClosedConnections()).isZero();
  }

  private void remove(FirewallRule rule) {
    assertThat(
            stub.removeFirewallRule(RemoveFirewallRuleRequest.newBuilder().setRule(rule).build())
                .getSerializedSize())
        .isZero();
  }

  private ExplainAddressResponse explain(String address) {
    return stub.explainAddress(ExplainAddressRequest.newBuilder().setAddress(address).build());
  }

  private static AddFirewallRuleRequest adding(FirewallRule rule, boolean closeExisting) {
    return AddFirewallRuleRequest.newBuilder()
        .setRule(rule)
        .setCloseExisting(closeExisting)
        .build();
  }

  private static FirewallRule rule(FirewallRuleType type, String value) {
    return FirewallRule.newBuilder().setType(type).setValue(value).build();
  }
}
