package dev.gatehouse.proxy.http.guard;

import static dev.gatehouse.proxy.http.Messages.http2Request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.route.L7Policy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyMiddlewareTest {

  private static final L7Policy NO_BOTS = new L7Policy(L7Policy.Type.BLOCK_USER_AGENT, "BadBot");
  private static final L7Policy TOKEN = new L7Policy(L7Policy.Type.REQUIRE_HEADER, "X-Token");

  private static Request with(String... fields) {
    return http2Request("GET", true, fields);
  }

  @Test
  void withoutPoliciesEverythingPasses() {
    PolicyMiddleware none = new PolicyMiddleware(List.of());
    assertThat(none.firstUnmet(with())).isEmpty();
    assertThat(none.firstUnmet(with("user-agent", "BadBot"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BadBot, true",
    "Mozilla/5.0 (compatible; badbot/2.1), true",
    "xBADBOTx, true",
    "Bad Bot, false",
    "'', false",
    "BadBo, false",
  })
  void aUserAgentIsBlockedWhereverItHoldsTheValue(String agent, boolean blocked) {
    assertThat(new PolicyMiddleware(List.of(NO_BOTS)).firstUnmet(with("user-agent", agent)))
        .isEqualTo(blocked ? Optional.of(NO_BOTS) : Optional.empty());
  }

  @Test
  void noUserAgentIsNotBlocked() {
    assertThat(new PolicyMiddleware(List.of(NO_BOTS)).firstUnmet(with())).isEmpty();
  }

  @Test
  void anyOfSeveralUserAgentsCounts() {
    assertThat(
            new PolicyMiddleware(List.of(NO_BOTS))
                .firstUnmet(with("user-agent", "fine", "user-agent", "badbot")))
        .contains(NO_BOTS);
  }

  @Test
  void letterCaseIsThatOfAsciiAlone() {
    L7Policy accented = new L7Policy(L7Policy.Type.BLOCK_USER_AGENT, "Bäd");
    PolicyMiddleware policies = new PolicyMiddleware(List.of(accented));
    assertThat(policies.firstUnmet(with("user-agent", "xb\u00c3\u00a4Dx"))).contains(accented);
    assertThat(policies.firstUnmet(with("user-agent", "b\u00e3\u00a4d"))).isEmpty();
  }

  @Test
  void aRequiredHeaderMayBeEmptyButNotMissing() {
    PolicyMiddleware policies = new PolicyMiddleware(List.of(TOKEN));
    assertThat(policies.firstUnmet(with("x-token", "1"))).isEmpty();
    assertThat(policies.firstUnmet(with("x-token", ""))).isEmpty();
    assertThat(policies.firstUnmet(with("x-tokens", "1"))).contains(TOKEN);
  }

  @Test
  void theAuthorityIsTheHost() {
    L7Policy host = new L7Policy(L7Policy.Type.REQUIRE_HEADER, "Host");
    assertThat(new PolicyMiddleware(List.of(host)).firstUnmet(with())).isEmpty();
  }

  @Test
  void theFirstThatIsNotMetDecides() {
    PolicyMiddleware policies = new PolicyMiddleware(List.of(TOKEN, NO_BOTS));
    assertThat(policies.firstUnmet(with("user-agent", "BadBot"))).contains(TOKEN);
    assertThat(policies.firstUnmet(with("user-agent", "BadBot", "x-token", "1"))).contains(NO_BOTS);
    assertThat(policies.firstUnmet(with("user-agent", "x", "x-token", "1"))).isEmpty();
  }
}
