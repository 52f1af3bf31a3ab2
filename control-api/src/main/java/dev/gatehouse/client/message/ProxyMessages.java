package dev.gatehouse.client.message;

import dev.gatehouse.client.proxy.AddedRoute;
import dev.gatehouse.client.proxy.L7Policy;
import dev.gatehouse.client.proxy.ListenerStatus;
import dev.gatehouse.client.proxy.Warning;
import dev.gatehouse.v1.AddRouteResponse;
import dev.gatehouse.v1.L7PolicyType;
import java.util.List;

/** Listeners, policies and answers of the proxy, as records and as messages. */
public final class ProxyMessages {

  private ProxyMessages() {}

  public static ListenerStatus listener(dev.gatehouse.v1.ListenerStatus message) {
    return new ListenerStatus(
        message.getAddr(),
        message.getRouteCount(),
        message.getActiveConnections(),
        message.getProxyProtocol(),
        message.getMaxConnections(),
        message.getBoundAddr(),
        message.getTrustedProxiesList(),
        message.getDefaultRoute(),
        message.getNoSniRoute(),
        message.getDraining());
  }

  public static L7Policy policy(dev.gatehouse.v1.L7Policy message) {
    L7Policy.Type type =
        switch (message.getType()) {
          case L7_POLICY_TYPE_BLOCK_USER_AGENT -> L7Policy.Type.BLOCK_USER_AGENT;
          case L7_POLICY_TYPE_REQUIRE_HEADER -> L7Policy.Type.REQUIRE_HEADER;
          case L7_POLICY_TYPE_UNSPECIFIED, UNRECOGNIZED -> L7Policy.Type.UNKNOWN;
        };
    return new L7Policy(type, message.getValue());
  }

  public static dev.gatehouse.v1.L7Policy message(L7Policy policy) {
    L7PolicyType type =
        switch (policy.type()) {
          case BLOCK_USER_AGENT -> L7PolicyType.L7_POLICY_TYPE_BLOCK_USER_AGENT;
          case REQUIRE_HEADER -> L7PolicyType.L7_POLICY_TYPE_REQUIRE_HEADER;
          case UNKNOWN -> throw unknown("policy");
        };
    return dev.gatehouse.v1.L7Policy.newBuilder().setType(type).setValue(policy.value()).build();
  }

  public static AddedRoute added(AddRouteResponse message) {
    AddedRoute.Outcome outcome =
        switch (message.getOutcome()) {
          case CREATED -> AddedRoute.Outcome.CREATED;
          case UPDATED -> AddedRoute.Outcome.UPDATED;
          case UNCHANGED -> AddedRoute.Outcome.UNCHANGED;
          case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> AddedRoute.Outcome.UNKNOWN;
        };
    return new AddedRoute(outcome, message.getRouteId(), warnings(message.getWarningsList()));
  }

  public static List<Warning> warnings(List<dev.gatehouse.v1.Warning> messages) {
    return messages.stream()
        .map(warning -> new Warning(warning.getField(), warning.getText()))
        .toList();
  }

  /** What a newer daemon said cannot be said back: it would turn into something else. */
  public static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException(
        what
            + ": UNKNOWN (expected: a value that this program knows); it is older than the daemon");
  }
}
