package dev.gatehouse.client;

import dev.gatehouse.client.firewall.Explanation;
import dev.gatehouse.client.firewall.FirewallRule;
import dev.gatehouse.client.message.FirewallMessages;
import dev.gatehouse.v1.AddFirewallRuleRequest;
import dev.gatehouse.v1.ExplainAddressRequest;
import dev.gatehouse.v1.FirewallServiceGrpc;
import dev.gatehouse.v1.FirewallServiceGrpc.FirewallServiceBlockingStub;
import dev.gatehouse.v1.GetFirewallRulesRequest;
import dev.gatehouse.v1.RemoveFirewallRuleRequest;
import java.util.List;
import java.util.function.Function;

/** The calls about whom the public listeners of all services let in. */
public final class FirewallClient {

  private final Calls calls;

  FirewallClient(Calls calls) {
    this.calls = calls;
  }

  /** The rules in force, by type, then in the order in which they were added. */
  public List<FirewallRule> rules() throws ControlException {
    return answer(stub -> stub.getFirewallRules(GetFirewallRulesRequest.getDefaultInstance()))
        .getRulesList()
        .stream()
        .map(FirewallMessages::rule)
        .toList();
  }

  /**
   * Adds a rule.
   *
   * @param closeExisting whether to reset open connections that match now
   * @return how many those were
   */
  public long addRule(FirewallRule rule, boolean closeExisting) throws ControlException {
    AddFirewallRuleRequest request =
        AddFirewallRuleRequest.newBuilder()
            .setRule(FirewallMessages.message(rule))
            .setCloseExisting(closeExisting)
            .build();
    return answer(stub -> stub.addFirewallRule(request)).getClosedConnections();
  }

  /** Removes a rule. */
  public void removeRule(FirewallRule rule) throws ControlException {
    RemoveFirewallRuleRequest request =
        RemoveFirewallRuleRequest.newBuilder().setRule(FirewallMessages.message(rule)).build();
    answer(stub -> stub.removeFirewallRule(request));
  }

  /** What the firewall would say of an address, and why. */
  public Explanation explain(String address) throws ControlException {
    ExplainAddressRequest request = ExplainAddressRequest.newBuilder().setAddress(address).build();
    return FirewallMessages.explanation(answer(stub -> stub.explainAddress(request)));
  }

  private <T> T answer(Function<FirewallServiceBlockingStub, T> call) throws ControlException {
    return calls.answer(FirewallServiceGrpc::newBlockingStub, call);
  }
}
