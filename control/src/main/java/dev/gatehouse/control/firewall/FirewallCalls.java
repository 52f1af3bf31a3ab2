package dev.gatehouse.control.firewall;

import dev.gatehouse.control.ControlCalls;
import dev.gatehouse.control.call.Answers;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.control.call.Mutation;
import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.firewall.CountryLookup;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.net.firewall.RuleFirewall;
import dev.gatehouse.proxy.ruleset.Edit;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.RulesetEditor;
import dev.gatehouse.proxy.ruleset.RulesetEditor.Edited;
import dev.gatehouse.v1.AddFirewallRuleRequest;
import dev.gatehouse.v1.AddFirewallRuleResponse;
import dev.gatehouse.v1.ExplainAddressRequest;
import dev.gatehouse.v1.ExplainAddressResponse;
import dev.gatehouse.v1.FirewallServiceGrpc;
import dev.gatehouse.v1.GetFirewallRulesRequest;
import dev.gatehouse.v1.GetFirewallRulesResponse;
import dev.gatehouse.v1.RemoveFirewallRuleRequest;
import dev.gatehouse.v1.RemoveFirewallRuleResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Predicate;

/** What operators ask of the firewall of all services, and change in it. */
public final class FirewallCalls extends FirewallServiceGrpc.FirewallServiceImplBase
    implements ControlCalls {

  private final RulesetEditor editor;
  private final RuleFirewall firewall;
  private final CountryLookup countries;
  private final OpenConnections connections;
  private final Audit audit;

  /** Calls over the rules in force. */
  public FirewallCalls(
      RulesetEditor editor,
      RuleFirewall firewall,
      CountryLookup countries,
      OpenConnections connections,
      Audit audit) {
    this.editor = editor;
    this.firewall = firewall;
    this.countries = countries;
    this.connections = connections;
    this.audit = audit;
  }

  @Override
  public void getFirewallRules(
      GetFirewallRulesRequest request, StreamObserver<GetFirewallRulesResponse> call) {
    Answers.answer(
        call,
        () ->
            GetFirewallRulesResponse.newBuilder()
                .addAllRules(
                    editor.ruleset().firewall().all().stream().map(RuleMessages::of).toList())
                .build());
  }

  @Override
  public void addFirewallRule(
      AddFirewallRuleRequest request, StreamObserver<AddFirewallRuleResponse> call) {
    Mutation mutation =
        mutation("AddFirewallRule", request.getRule())
            .about("close_existing", request.getCloseExisting());
    Answers.answer(call, () -> mutation.make(() -> add(request)));
  }

  @Override
  public void removeFirewallRule(
      RemoveFirewallRuleRequest request, StreamObserver<RemoveFirewallRuleResponse> call) {
    Mutation mutation = mutation("RemoveFirewallRule", request.getRule());
    Answers.answer(
        call,
        () ->
            mutation.make(
                () -> {
                  Edited _ = editor.edit(new Edit.RemoveRule(RuleRequest.rule(request.getRule())));
                  return RemoveFirewallRuleResponse.getDefaultInstance();
                }));
  }

  @Override
  public void explainAddress(
      ExplainAddressRequest request, StreamObserver<ExplainAddressResponse> call) {
    Answers.answer(call, () -> explanation(RuleRequest.address(request.getAddress())));
  }

  @Override
  public void drain() {
    // every call here ends by itself
  }

  /** The rule is in force first, so that who is reset does not come in again. */
  private AddFirewallRuleResponse add(AddFirewallRuleRequest request) throws EditRefusedException {
    FirewallRule rule = RuleRequest.rule(request.getRule());
    Edited _ = editor.edit(new Edit.AddRule(rule));
    long closed = request.getCloseExisting() ? connections.reset(clients(rule)) : 0;
    return AddFirewallRuleResponse.newBuilder().setClosedConnections(closed).build();
  }

  private Predicate<IpAddress> clients(FirewallRule rule) {
    return switch (rule) {
      case FirewallRule.Address(IpAddress address) -> client -> client.unmapped().equals(address);
      case FirewallRule.Network(Cidr network) -> network::contains;
      case FirewallRule.Country(String code) ->
          client -> countries.country(client).filter(code::equals).isPresent();
    };
  }

  private ExplainAddressResponse explanation(IpAddress address) {
    RuleFirewall.Explanation explanation = firewall.explain(address);
    ExplainAddressResponse.Builder response =
        ExplainAddressResponse.newBuilder()
            .setScope(address.scope().label())
            .setOpenConnections(connections.open(clients(new FirewallRule.Address(address))))
            .setRateEstimate(firewall.rateEstimate(address));
    explanation.country().ifPresent(response::setCountry);
    explanation.blocked().map(Firewall.Reason::label).ifPresent(response::setBlockedReason);
    explanation.rule().map(RuleMessages::of).ifPresent(response::setRule);
    return response.build();
  }

  private Mutation mutation(String method, dev.gatehouse.v1.FirewallRule rule) {
    return audit
        .mutation(method)
        .about("type", RuleMessages.label(rule.getType()))
        .about("value", rule.getValue());
  }
}
