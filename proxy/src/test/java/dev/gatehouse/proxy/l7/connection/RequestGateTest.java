package dev.gatehouse.proxy.l7.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.Firewall;
import dev.gatehouse.proxy.exchange.RequestContext;
import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.l7.connection.RequestGate.Decision;
import dev.gatehouse.proxy.l7.connection.RequestGate.Decision.Denied;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may ask, in the order in which it is decided. */
class RequestGateTest {

  private static final String TRUSTING = "trusted_forwarders = [\"192.0.2.0/24\"]\n";
  private static final String BACKEND = "backend = \"127.0.0.1:9\"\n";
  private static final String BLOCKED = "203.0.113.66";

  @RegisterExtension final LogGuard log = new LogGuard();

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Blocking firewall = new Blocking();
  private @Nullable Lobby opened;

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void aRequestForTheRouteOfItsConnectionGoesOn() throws Exception {
    Lobby lobby = lobby("", "");
    RequestContext admitted = admitted(decide(lobby, get("")));
    assertThat(admitted.route()).isSameAs(lobby.connection(channel).first());
    assertThat(admitted.forwarding().client()).isEqualTo(Lobby.CLIENT.address());
    assertThat(admitted.maxBody()).isZero();
    assertThat(firewall.asked).isEmpty();
  }

  @Test
  void aRequestForAnotherHostIsMisdirected() throws Exception {
    Lobby lobby = lobby("", "");
    Denied denied = denied(decide(lobby, Messages.request("GET·/·HTTP/1.1$Host:·b.example$$")));
    assertThat(denied.status()).isEqualTo(ErrorStatus.MISDIRECTED_REQUEST);
    assertThat(denied.cause()).isEqualTo("authority");
    assertThat(denied.lost()).isFalse();
    assertThat(denied.requestId()).matches("[0-9a-f]{32}");
    assertThat(lobby.metric(Metric.PROXY_REQUESTS_REFUSED, "authority")).isEqualTo(1);
  }

  @Test
  void aConnectionWhoseRouteIsGoneIsLost() throws Exception {
    Lobby lobby = lobby("", "");
    L7Connection connection = lobby.connection(channel);
    lobby.loseRoute();
    Denied denied = denied(connection.shared().gate().decide(connection, get("")));
    assertThat(denied.status()).isEqualTo(ErrorStatus.MISDIRECTED_REQUEST);
    assertThat(denied.lost()).isTrue();
  }

  @Test
  void aClientWhomATrustedForwarderNamesIsAskedAboutAgain() throws Exception {
    Lobby lobby = lobby(TRUSTING, "");
    Denied denied = denied(decide(lobby, get("X-Forwarded-For:·" + BLOCKED + "$")));
    assertThat(denied.status()).isEqualTo(ErrorStatus.FORBIDDEN);
    assertThat(denied.cause()).isEqualTo("firewall");
    assertThat(admitted(decide(lobby, get("X-Forwarded-For:·203.0.113.1$"))).forwarding().client())
        .hasToString("203.0.113.1");
    assertThat(firewall.asked).containsExactly(BLOCKED, "203.0.113.1");
  }

  @Test
  void nobodyElseIsBelieved() throws Exception {
    Lobby lobby = lobby("", "");
    RequestContext admitted = admitted(decide(lobby, get("X-Forwarded-For:·" + BLOCKED + "$")));
    assertThat(admitted.forwarding().client()).isEqualTo(Lobby.CLIENT.address());
    assertThat(lobby.metric(Metric.PROXY_HEADERS_DROPPED, "spoofed_forwarding")).isEqualTo(1);
  }

  @Test
  void oneClientMayAskSoOftenInAWindow() throws Exception {
    Lobby lobby = lobby("request_rate_limit = 2\nrequest_rate_window = \"10s\"", "");
    assertThat(decide(lobby, get(""))).isInstanceOf(Decision.Admitted.class);
    assertThat(decide(lobby, get(""))).isInstanceOf(Decision.Admitted.class);
    Denied denied = denied(decide(lobby, get("")));
    assertThat(denied.status()).isEqualTo(ErrorStatus.TOO_MANY_REQUESTS);
    assertThat(lobby.metric(Metric.PROXY_REQUESTS_REFUSED, "rate")).isEqualTo(1);
    lobby.pass(Duration.ofSeconds(20));
    assertThat(decide(lobby, get(""))).isInstanceOf(Decision.Admitted.class);
  }

  @Test
  void clientsBehindAForwarderAreCountedEachForItself() throws Exception {
    Lobby lobby = lobby(TRUSTING + "request_rate_limit = 1", "");
    for (String client : List.of("203.0.113.1", "203.0.113.2")) {
      Request request = get("X-Forwarded-For:·" + client + "$");
      assertThat(decide(lobby, request)).isInstanceOf(Decision.Admitted.class);
      assertThat(denied(decide(lobby, request)).status()).isEqualTo(ErrorStatus.TOO_MANY_REQUESTS);
    }
  }

  @Test
  void theFirstPolicyThatIsNotMetForbids() throws Exception {
    Lobby lobby =
        lobby(
            "",
            """
            l7_policies = [
              { type = "require_header", value = "X-Key" },
              { type = "block_user_agent", value = "badbot" },
            ]
            """);
    Denied both = denied(decide(lobby, get("User-Agent:·a·BadBot$")));
    assertThat(both.status()).isEqualTo(ErrorStatus.FORBIDDEN);
    assertThat(both.cause()).isEqualTo("require_header");
    Denied second = denied(decide(lobby, get("X-Key:·1$User-Agent:·a·BadBot$")));
    assertThat(second.cause()).isEqualTo("block_user_agent");
    assertThat(decide(lobby, get("X-Key:·1$"))).isInstanceOf(Decision.Admitted.class);
    assertThat(lobby.metric(Metric.PROXY_POLICY_BLOCKED, "require_header")).isEqualTo(1);
    assertThat(lobby.metric(Metric.PROXY_POLICY_BLOCKED, "block_user_agent")).isEqualTo(1);
  }

  @Test
  void theFirewallIsAskedBeforeTheRateAndThatBeforePolicies() throws Exception {
    Lobby lobby =
        lobby(
            TRUSTING + "request_rate_limit = 1",
            "l7_policies = [{ type = \"require_header\", value = \"X-Key\" }]");
    String named = "X-Forwarded-For:·203.0.113.1$";
    assertThat(denied(decide(lobby, get("X-Forwarded-For:·" + BLOCKED + "$"))).cause())
        .isEqualTo("firewall");
    assertThat(denied(decide(lobby, get(named))).cause()).isEqualTo("require_header");
    assertThat(denied(decide(lobby, get(named))).cause()).isEqualTo("rate");
  }

  @Test
  void fieldsOfTheHopAreCountedAsDropped() throws Exception {
    Lobby lobby = lobby("", "");
    decide(lobby, get("Connection:·x-mine$X-Mine:·1$"));
    assertThat(lobby.metric(Metric.PROXY_HEADERS_DROPPED, "hop_by_hop")).isPositive();
  }

  @Test
  void aRouteMayAllowOtherBodiesThanTheProxy() throws Exception {
    Lobby lobby = lobby("max_request_body = 7", "");
    assertThat(admitted(decide(lobby, get(""))).maxBody()).isEqualTo(7);
    lobby.change(BACKEND + "max_request_body = 9");
    assertThat(admitted(decide(lobby, get(""))).maxBody()).isEqualTo(9);
  }

  @Test
  void aRequestThatIsAnsweredHereIsToldToTheLog() throws Exception {
    Lobby lobby = lobby("", "");
    lobby
        .connection(channel)
        .denied(get("User-Agent:·curl$Referer:·r$"), 421, "the-id", "authority");
    Await.until("a line", () -> !log.events("request").isEmpty());
    assertThat(log.events("request").getFirst().fields())
        .containsEntry("request_id", "the-id")
        .containsEntry("route", "a.example")
        .containsEntry("status", "421")
        .containsEntry("origin", "proxy")
        .containsEntry("cause", "authority")
        .containsEntry("user_agent", "curl")
        .containsEntry("referer", "r");
    assertThat(lobby.metric(Metric.PROXY_RESPONSES, "421", "proxy")).isEqualTo(1);
  }

  @Test
  void whoWantsNoLogGetsNone() throws Exception {
    Lobby lobby = lobby("access_log = \"off\"", "");
    lobby.connection(channel).denied(get(""), 421, "the-id", "authority");
    lobby.close();
    opened = null;
    assertThat(log.events("request")).isEmpty();
  }

  private Lobby lobby(String proxy, String ofRoute) throws Exception {
    Lobby lobby = new Lobby(proxy, BACKEND + ofRoute, firewall);
    opened = lobby;
    return lobby;
  }

  private Decision decide(Lobby lobby, Request request) {
    L7Connection connection = lobby.connection(channel);
    return connection.shared().gate().decide(connection, request);
  }

  private static Request get(String fields) {
    return Messages.request("GET·/·HTTP/1.1$Host:·a.example$" + fields + "$");
  }

  private static RequestContext admitted(Decision decision) {
    return ((Decision.Admitted) decision).context();
  }

  private static Denied denied(Decision decision) {
    return (Denied) decision;
  }

  /** Remembers about whom it was asked. */
  private static final class Blocking implements Firewall {

    private final List<String> asked = new ArrayList<>();

    @Override
    public Optional<Reason> blockedWithReason(IpAddress client) {
      throw new AssertionError("a request is no connection");
    }

    @Override
    public Optional<Reason> blockedByRule(IpAddress client) {
      asked.add(client.toString());
      return client.toString().equals(BLOCKED) ? Optional.of(Reason.IP) : Optional.empty();
    }
  }
}
