package dev.gatehouse.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.client.ControlException.Code;
import dev.gatehouse.client.firewall.Explanation;
import dev.gatehouse.client.firewall.FirewallRule;
import dev.gatehouse.client.message.FirewallMessages;
import dev.gatehouse.v1.AddFirewallRuleRequest;
import dev.gatehouse.v1.AddFirewallRuleResponse;
import dev.gatehouse.v1.ExplainAddressRequest;
import dev.gatehouse.v1.ExplainAddressResponse;
import dev.gatehouse.v1.FirewallRuleType;
import dev.gatehouse.v1.FirewallServiceGrpc;
import dev.gatehouse.v1.GetFirewallRulesRequest;
import dev.gatehouse.v1.GetFirewallRulesResponse;
import dev.gatehouse.v1.RemoveFirewallRuleRequest;
import dev.gatehouse.v1.RemoveFirewallRuleResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FirewallClientTest {

  private static final FirewallRule COUNTRY = new FirewallRule(FirewallRule.Type.COUNTRY, "AQ");

  @TempDir private Path folder;
  private FakeDaemon daemon;
  private GatehouseClient client;
  private FirewallClient firewall;

  @BeforeEach
  void start() throws Exception {
    Path socket = folder.resolve("control.sock");
    daemon = new FakeDaemon(socket, new FakeFirewall());
    client = GatehouseClient.open(socket);
    firewall = client.firewall();
  }

  @AfterEach
  void stop() {
    client.close();
    daemon.close();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
  void aRuleIsThereUntilItIsRemoved(FirewallRule.Type type) throws Exception {
    FirewallRule rule = new FirewallRule(type, "value");
    assertThat(firewall.addRule(rule, false)).isZero();
    assertThat(firewall.addRule(COUNTRY, true)).isEqualTo(5);
    assertThat(firewall.rules()).containsExactly(rule, COUNTRY);
    firewall.removeRule(rule);
    assertThat(firewall.rules()).containsExactly(COUNTRY);
  }

  @Test
  void tellsWhatIsNotThere() {
    ControlException failure =
        catchThrowableOfType(ControlException.class, () -> firewall.removeRule(COUNTRY));
    assertThat(failure.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(failure.detail()).isEqualTo("country AQ: no such rule");
  }

  @Test
  void explainsWhoIsBlockedAndWhy() throws Exception {
    assertThat(firewall.explain("192.0.2.7"))
        .isEqualTo(
            new Explanation(
                "public", Optional.of("AQ"), Optional.of("country"), Optional.of(COUNTRY), 3, 1.5));
  }

  @Test
  void whatIsNotKnownOfAnAddressIsAbsent() throws Exception {
    assertThat(firewall.explain("127.0.0.1"))
        .isEqualTo(
            new Explanation(
                "loopback", Optional.empty(), Optional.empty(), Optional.empty(), 0, 0));
  }

  @Test
  void aTypeOfANewerDaemonIsUnknownAndNeverSaidBack() throws Exception {
    FirewallRule rule =
        FirewallMessages.rule(
            dev.gatehouse.v1.FirewallRule.newBuilder().setTypeValue(99).setValue("x").build());
    assertThat(rule).isEqualTo(new FirewallRule(FirewallRule.Type.UNKNOWN, "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> firewall.addRule(rule, false))
        .withMessageStartingWith("rule: UNKNOWN");
  }

  /** Keeps the rules it is given; called by one thread at a time. */
  private static final class FakeFirewall extends FirewallServiceGrpc.FirewallServiceImplBase {

    private final List<dev.gatehouse.v1.FirewallRule> rules = new ArrayList<>();

    @Override
    public void getFirewallRules(
        GetFirewallRulesRequest request, StreamObserver<GetFirewallRulesResponse> call) {
      FakeDaemon.answer(call, GetFirewallRulesResponse.newBuilder().addAllRules(rules).build());
    }

    @Override
    public void addFirewallRule(
        AddFirewallRuleRequest request, StreamObserver<AddFirewallRuleResponse> call) {
      rules.add(request.getRule());
      FakeDaemon.answer(
          call,
          AddFirewallRuleResponse.newBuilder()
              .setClosedConnections(request.getCloseExisting() ? 5 : 0)
              .build());
    }

    @Override
    public void removeFirewallRule(
        RemoveFirewallRuleRequest request, StreamObserver<RemoveFirewallRuleResponse> call) {
      if (!rules.remove(request.getRule())) {
        call.onError(
            Status.NOT_FOUND.withDescription("country AQ: no such rule").asRuntimeException());
        return;
      }
      FakeDaemon.answer(call, RemoveFirewallRuleResponse.getDefaultInstance());
    }

    @Override
    public void explainAddress(
        ExplainAddressRequest request, StreamObserver<ExplainAddressResponse> call) {
      if (request.getAddress().equals("127.0.0.1")) {
        FakeDaemon.answer(call, ExplainAddressResponse.newBuilder().setScope("loopback").build());
        return;
      }
      FakeDaemon.answer(
          call,
          ExplainAddressResponse.newBuilder()
              .setScope("public")
              .setCountry("AQ")
              .setBlockedReason("country")
              .setRule(
                  dev.gatehouse.v1.FirewallRule.newBuilder()
                      .setType(FirewallRuleType.FIREWALL_RULE_TYPE_COUNTRY)
                      .setValue("AQ"))
              .setOpenConnections(3)
              .setRateEstimate(1.5)
              .build());
    }
  }
}
