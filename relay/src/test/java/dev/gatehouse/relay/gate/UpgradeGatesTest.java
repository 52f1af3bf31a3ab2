package dev.gatehouse.relay.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.limit.ConnectionLimit;
import dev.gatehouse.relay.gate.Passage.Admitted;
import dev.gatehouse.relay.gate.Passage.Refused;
import dev.gatehouse.relay.limit.Bans;
import dev.gatehouse.relay.limit.TokenBuckets;
import dev.gatehouse.relay.registry.ConnectionSlots;
import dev.gatehouse.relay.registry.ServerId;
import dev.gatehouse.testkit.ManualTicker;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 7.1, 7.8 and 7.13 of the relay's specification. */
class UpgradeGatesTest {

  private static final IpAddress CLIENT = IpAddress.ipv4(0xc000_0201);

  private final ManualTicker ticker = new ManualTicker();
  private final ConnectionSlots slots = new ConnectionSlots(3, 0);
  private final ConnectionLimit clients = new ConnectionLimit(0);
  private final Bans bans = new Bans();
  private final UpgradeGates gates =
      new UpgradeGates(
          rules("", ClaimPolicy.FIRST_CLAIM_WINS, true),
          new TokenBuckets<>(20, Duration.ofSeconds(6), 100, ticker.nanos()),
          clients,
          slots,
          bans);

  @ParameterizedTest
  @EnumSource
  void admitsWhoeverSaysAllThatItMust(Role role) {
    Passage passage = pass(role, Requests.of(role));
    String label = role == Role.BINARY ? "0.9.1" : "Pixel";
    assertThat(passage)
        .isInstanceOfSatisfying(
            Admitted.class,
            admitted ->
                assertThat(admitted.introduction())
                    .isEqualTo(new Introduction(role, new ServerId(Requests.ID), label)));
    assertThat(slots.used()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "BINARY,x-pyrycode-server",
    "BINARY,x-pyrycode-version",
    "BINARY,user-agent",
    "PHONE,x-pyrycode-server",
    "PHONE,x-pyrycode-token",
    "PHONE,user-agent",
  })
  void aMissingOrBlankFieldIsABadRequest(Role role, String name) {
    HttpRequest missing = Requests.of(role);
    missing.headers().remove(name);
    assertRefused(pass(role, missing), Refusal.HEADERS, 400);
    HttpRequest blank = Requests.of(role);
    blank.headers().set(name, " ");
    assertRefused(pass(role, blank), Refusal.HEADERS, 400);
    assertThat(slots.used()).isZero();
  }

  @Test
  void theNameOfADeviceMayBeMissing() {
    HttpRequest request = Requests.phone();
    request.headers().remove("x-pyrycode-device-name");
    assertThat(pass(Role.PHONE, request)).isInstanceOf(Admitted.class);
  }

  @Test
  void theTokenMayBeMissingWhereItIsNotRequired() {
    gates.change(rules("", ClaimPolicy.FIRST_CLAIM_WINS, false));
    HttpRequest request = Requests.phone();
    request.headers().remove("x-pyrycode-token");
    assertThat(pass(Role.PHONE, request)).isInstanceOf(Admitted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"", "a b", "a\u0080", "a\\"})
  void anUglyServerIdIsABadRequest(String id) {
    HttpRequest request = Requests.binary();
    request.headers().set("x-pyrycode-server", id);
    assertRefused(pass(Role.BINARY, request), Refusal.HEADERS, 400);
  }

  @Test
  void aServerIdThatComesTwiceIsABadRequest() {
    HttpRequest request = Requests.binary();
    request.headers().add("x-pyrycode-server", Requests.ID);
    assertRefused(pass(Role.BINARY, request), Refusal.HEADERS, 400);
  }

  @Test
  void aServerIdIsAtMost128CharactersLong() {
    HttpRequest request = Requests.binary();
    request.headers().set("x-pyrycode-server", " " + "a".repeat(128) + " ");
    assertThat(pass(Role.BINARY, request)).isInstanceOf(Admitted.class);
    request.headers().set("x-pyrycode-server", "a".repeat(129));
    assertRefused(pass(Role.BINARY, request), Refusal.HEADERS, 400);
  }

  @Test
  void aLabelIsUtf8WithoutControlsAndCutAt64CodePoints() {
    HttpRequest request = Requests.phone();
    // as the codec hands over the bytes of é and of a bell
    request.headers().set("x-pyrycode-device-name", "\u00c3\u00a9" + "x".repeat(80));
    Passage passage = pass(Role.PHONE, request);
    assertThat(passage)
        .isInstanceOfSatisfying(
            Admitted.class,
            admitted ->
                assertThat(admitted.introduction().label()).isEqualTo("é" + "x".repeat(63)));
  }

  @Test
  void aPostIsNotAllowed() {
    HttpRequest request = Requests.binary().setMethod(HttpMethod.POST);
    Refused refused = assertRefused(pass(Role.BINARY, request), Refusal.HANDSHAKE, 405);
    assertThat(refused.answer().fields()).containsEntry("allow", "GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upgrade", "connection"})
  void aPlainRequestIsToldToUpgrade(String name) {
    HttpRequest request = Requests.phone();
    request.headers().remove(name);
    Refused refused = assertRefused(pass(Role.PHONE, request), Refusal.HANDSHAKE, 426);
    assertThat(refused.answer().fields())
        .containsEntry("upgrade", "websocket")
        .containsEntry("connection", "Upgrade, close");
  }

  @Test
  void anOldHttpIsToldToUpgrade() {
    HttpRequest request = Requests.phone().setProtocolVersion(HttpVersion.HTTP_1_0);
    assertRefused(pass(Role.PHONE, request), Refusal.HANDSHAKE, 426);
  }

  @Test
  void anotherVersionIsToldTheOneThatIsSpoken() {
    HttpRequest request = Requests.binary();
    request.headers().set("sec-websocket-version", "8");
    Refused refused = assertRefused(pass(Role.BINARY, request), Refusal.HANDSHAKE, 400);
    assertThat(refused.answer().fields()).containsEntry("sec-websocket-version", "13");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dGhlIHNhbXBsZSBub25jZ",
        "dGhlIHNhbXBsZSBub24=",
        "dGhlIHNhbXBsZSBub25jZR==",
        "AAAA",
        "dGhlIHNhbXBsZSBub25jZTE2Nzg="
      })
  void aKeyOfOtherThan16BytesIsABadRequest(String key) {
    HttpRequest request = Requests.binary();
    request.headers().set("sec-websocket-key", key);
    assertRefused(pass(Role.BINARY, request), Refusal.HANDSHAKE, 400);
  }

  @Test
  void aKeyThatIsMissingOrComesTwiceIsABadRequest() {
    HttpRequest missing = Requests.binary();
    missing.headers().remove("sec-websocket-key");
    assertRefused(pass(Role.BINARY, missing), Refusal.HANDSHAKE, 400);
    HttpRequest twice = Requests.binary();
    twice.headers().add("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
    assertRefused(pass(Role.BINARY, twice), Refusal.HANDSHAKE, 400);
  }

  @Test
  void aBodyIsABadRequest() {
    HttpRequest length = Requests.binary();
    length.headers().set("content-length", "1");
    assertRefused(pass(Role.BINARY, length), Refusal.HANDSHAKE, 400);
    HttpRequest chunked = Requests.binary();
    chunked.headers().set("transfer-encoding", "chunked");
    assertRefused(pass(Role.BINARY, chunked), Refusal.HANDSHAKE, 400);
  }

  @Test
  void theRateLimitIsSharedByBothRolesAndTakesNoPlace() {
    for (int i = 0; i < 10; i++) {
      release(pass(Role.BINARY, Requests.binary()));
      release(pass(Role.PHONE, Requests.phone()));
    }
    Refused refused = assertRefused(pass(Role.PHONE, Requests.phone()), Refusal.RATE_LIMIT, 429);
    assertThat(refused.answer().fields()).containsEntry("retry-after", "6");
    assertThat(refused.answer().body()).isEqualTo("\n");
    ticker.advance(Duration.ofMillis(5900));
    Refused later = assertRefused(pass(Role.PHONE, Requests.phone()), Refusal.RATE_LIMIT, 429);
    assertThat(later.answer().fields()).containsEntry("retry-after", "1");
    assertThat(slots.used()).isZero();
  }

  @Test
  void aFullRelayAnswersBeforeItReadsTheFields() {
    for (int i = 0; i < 3; i++) {
      assertThat(pass(Role.PHONE, Requests.phone())).isInstanceOf(Admitted.class);
    }
    HttpRequest bad = Requests.binary();
    bad.headers().remove("user-agent");
    Refused refused = assertRefused(pass(Role.BINARY, bad), Refusal.CAPACITY, 503);
    assertThat(refused.answer().fields()).containsEntry("retry-after", "5");
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    Passage first = pass(Role.BINARY, Requests.binary());
    pass(Role.PHONE, Requests.phone());
    release(first);
    release(first);
    assertThat(slots.used()).isEqualTo(1);
  }

  @Test
  void oneClientMayHoldOnlySoMany() {
    clients.change(1);
    Passage first = pass(Role.PHONE, Requests.phone());
    assertRefused(pass(Role.PHONE, Requests.phone()), Refusal.CLIENT_LIMIT, 429);
    release(first);
    assertThat(pass(Role.PHONE, Requests.phone())).isInstanceOf(Admitted.class);
  }

  @Test
  void aBinaryOfAnIdThatIsNotAllowedIsDeniedAndAPhoneOfItPasses() {
    ClaimPolicy policy = ClaimPolicy.allowing(Set.of(new ServerId("another")));
    gates.change(rules("", policy, true));
    assertRefused(pass(Role.BINARY, Requests.binary()), Refusal.DENIED, 403);
    assertThat(pass(Role.PHONE, Requests.phone())).isInstanceOf(Admitted.class);
  }

  @Test
  void aDrainingRelayAdmitsNobody() {
    gates.drain();
    assertThat(gates.isDraining()).isTrue();
    assertRefused(pass(Role.BINARY, Requests.binary()), Refusal.DRAINING, 503);
  }

  @ParameterizedTest
  @CsvSource({
    "relay.example.org,true",
    "RELAY.Example.ORG,true",
    "relay.example.org:443,true",
    "relay.example.org:8443,true",
    "other.example.org,false",
    "relay.example.org.,false",
    "192.0.2.1,false",
    "[::1]:443,false",
    "'',false",
    "relay.example.or\u212a,false",
  })
  void theHostMustBeTheDomain(String host, boolean passes) {
    gates.change(rules("relay.example.org", ClaimPolicy.FIRST_CLAIM_WINS, true));
    HttpRequest request = Requests.phone();
    request.headers().set("host", host);
    assertThat(gates.misdirected(request).isEmpty()).isEqualTo(passes);
  }

  @Test
  void aMisdirectedRequestIsToldNothing() {
    gates.change(rules("relay.example.org", ClaimPolicy.FIRST_CLAIM_WINS, true));
    HttpRequest request = Requests.phone();
    request.headers().set("host", "other");
    assertThat(gates.misdirected(request))
        .contains(new Refused(Refusal.MISDIRECTED, new Answer(421, Map.of(), "")));
  }

  @Test
  void withoutADomainAnyHostWillDo() {
    assertThat(gates.misdirected(Requests.phone())).isEmpty();
  }

  private Passage pass(Role role, HttpRequest request) {
    return gates.pass(role, request, gates.client(CLIENT, request), ticker.nanos());
  }

  private static void release(Passage passage) {
    assertThat(passage)
        .isInstanceOfSatisfying(Admitted.class, admitted -> admitted.place().giveBack());
  }

  private static Refused assertRefused(Passage passage, Refusal why, int status) {
    assertThat(passage).isInstanceOf(Refused.class);
    Refused refused = (Refused) passage;
    assertThat(refused.why()).isEqualTo(why);
    assertThat(refused.answer().status()).isEqualTo(status);
    return refused;
  }

  private static GateRules rules(String domain, ClaimPolicy claims, boolean requireToken) {
    return new GateRules(domain, new ClientKeys(false, CidrSet.EMPTY), claims, requireToken);
  }
}
