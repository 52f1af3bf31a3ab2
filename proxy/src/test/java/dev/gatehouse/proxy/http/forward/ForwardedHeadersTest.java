package dev.gatehouse.proxy.http.forward;

import static dev.gatehouse.proxy.http.Messages.fields;
import static dev.gatehouse.proxy.http.Messages.http2Request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Cidr;
import dev.gatehouse.kernel.address.CidrSet;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.proxy.http.Messages;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.WebSocketKey;
import dev.gatehouse.proxy.http.forward.ForwardingRules.Style;
import dev.gatehouse.wire.http.Fields;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {

  private static final String CLIENT = "192.0.2.10";
  private static final String FORWARDER = "10.0.0.1";
  private static final String ID = "X-Request-Id";
  private static final WebSocketKey KEY = new WebSocketKey("dGhlIHNhbXBsZSBub25jZQ==");
  private static final CidrSet TRUSTED =
      CidrSet.of(List.of(network("10.0.0.0", 8), network("2001:db8:f::", 48)));

  private static Cidr network(String address, int prefix) {
    return new Cidr(IpAddress.parse(address).orElseThrow(), prefix);
  }

  private static Forwarding apply(Style style, Request request, String address) {
    return new ForwardedHeaders(new ForwardingRules(TRUSTED, style, ID), () -> "new", () -> KEY)
        .apply(request, IpAddress.parse(address).orElseThrow(), 443);
  }

  private static Forwarding apply(String address, String... pairs) {
    return apply(Style.BOTH, http2Request("GET", true, pairs), address);
  }

  @Test
  void tellsOfAClientThatIsNotTrusted() {
    Forwarding forwarding = apply(CLIENT, "accept", "x");
    assertThat(forwarding.fields())
        .isEqualTo(
            fields(
                "accept",
                "x",
                "X-Forwarded-For",
                CLIENT,
                "X-Real-IP",
                CLIENT,
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "a.example",
                "X-Forwarded-Port",
                "443",
                "Forwarded",
                "for=192.0.2.10;host=a.example;proto=https",
                ID,
                "new"));
    assertThat(forwarding.client()).isEqualTo(IpAddress.parse(CLIENT).orElseThrow());
    assertThat(forwarding.requestId()).isEqualTo("new");
    assertThat(forwarding.spoofed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-forwarded-anything",
        "x-real-ip",
        "forwarded",
        "x-client-ip",
        "true-client-ip",
        "cf-connecting-ip",
        "x_forwarded_for",
        "x_real-ip",
      })
  void nothingFromAClientPassesForOurs(String name) {
    Forwarding forged = apply(CLIENT, name, "203.0.113.9", name, "203.0.113.8");
    assertThat(forged.fields()).isEqualTo(apply(CLIENT).fields());
    assertThat(forged.client()).isEqualTo(apply(CLIENT).client());
    assertThat(forged.spoofed()).isEqualTo(2);
  }

  @Test
  void noRequestIdFromAClientPassesForOurs() {
    Fields told = apply(CLIENT, "x-request-id", "forged", "x_request_id", "forged").fields();
    assertThat(told).isEqualTo(apply(CLIENT).fields());
  }

  @Test
  void anIpv6ClientIsBareInListsAndQuotedInForwarded() {
    Fields told = apply("2001:db8::10").fields();
    assertThat(told.only("X-Forwarded-For")).contains("2001:db8::10");
    assertThat(told.only("X-Real-IP")).contains("2001:db8::10");
    assertThat(told.only("Forwarded"))
        .contains("for=\"[2001:db8::10]\";host=a.example;proto=https");
  }

  @Test
  void aMappedClientIsIpv4() {
    assertThat(apply("::ffff:192.0.2.10").fields()).isEqualTo(apply(CLIENT).fields());
  }

  @Test
  void anAuthorityWithAPortIsQuoted() {
    Request request = Messages.request("GET·/·HTTP/1.1$Host:·www.example.org:8443$$");
    Fields told = apply(Style.BOTH, request, CLIENT).fields();
    assertThat(told.only("X-Forwarded-Host")).contains("www.example.org:8443");
    assertThat(told.only("Forwarded"))
        .contains("for=192.0.2.10;host=\"www.example.org:8443\";proto=https");
  }

  @Test
  void theHopsOfATrustedForwarderAreKeptAndAddedTo() {
    Forwarding forwarding =
        apply(
            FORWARDER,
            "x-forwarded-for",
            "203.0.113.9",
            "x-forwarded-for",
            "198.51.100.7",
            "x-real-ip",
            "203.0.113.9",
            "forwarded",
            "for=203.0.113.9");
    Fields told = forwarding.fields();
    assertThat(told.values("x-forwarded-for"))
        .containsExactly("203.0.113.9, 198.51.100.7, 10.0.0.1");
    assertThat(told.values("x-real-ip")).containsExactly("198.51.100.7");
    assertThat(told.values("forwarded"))
        .containsExactly("for=203.0.113.9, for=10.0.0.1;host=a.example;proto=https");
    assertThat(forwarding.client()).hasToString("198.51.100.7");
    assertThat(forwarding.spoofed()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "x-forwarded-proto, http",
    "x-forwarded-host, public.example",
    "x-forwarded-port, 80",
    "x-forwarded-server, edge",
    "true-client-ip, 203.0.113.9",
    "x-request-id, abc-123._X",
  })
  void whateverElseATrustedForwarderSaysIsKept(String name, String value) {
    assertThat(apply(FORWARDER, name, value).fields().values(name)).containsExactly(value);
    assertThat(apply(CLIENT, name, value).fields().values(name)).doesNotContain(value);
  }

  @ParameterizedTest
  @CsvSource({
    "'203.0.113.9', 203.0.113.9",
    "'203.0.113.9, 10.1.1.1', 203.0.113.9",
    "'6.6.6.6, 203.0.113.9, 10.1.1.1, 10.2.2.2', 203.0.113.9",
    "'203.0.113.9:4711', 203.0.113.9",
    "'[2001:db8::9]:4711, 10.1.1.1', 2001:db8::9",
    "'2001:db8::9,2001:db8:f::1', 2001:db8::9",
    "'::ffff:203.0.113.9', 203.0.113.9",
    "'10.3.3.3, 10.1.1.1', 10.0.0.1",
    "'203.0.113.9, unknown', 10.0.0.1",
    "'203.0.113.9, a.example', 10.0.0.1",
    "'203.0.113.9,', 10.0.0.1",
    "'', 10.0.0.1",
  })
  void theClientIsTheFirstFromTheRightThatIsNotTrusted(String chain, String client) {
    Forwarding forwarding = apply(FORWARDER, "x-forwarded-for", chain);
    assertThat(forwarding.client()).hasToString(client);
    assertThat(forwarding.fields().only("X-Real-IP")).contains(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "a\"b"})
  void aRequestIdThatIsNoneIsReplacedWhoeverSentIt(String id) {
    assertThat(apply(FORWARDER, "x-request-id", id).requestId()).isEqualTo("new");
    assertThat(apply(FORWARDER, "x-request-id", id).fields().only(ID)).contains("new");
  }

  @Test
  void aRequestIdHasAtMost128CharactersAndIsOne() {
    String longest = "a".repeat(128);
    assertThat(apply(FORWARDER, "x-request-id", longest).requestId()).isEqualTo(longest);
    assertThat(apply(FORWARDER, "x-request-id", longest + "a").requestId()).isEqualTo("new");
    assertThat(apply(FORWARDER, "x-request-id", "a", "x-request-id", "b").requestId())
        .isEqualTo("new");
  }

  @ParameterizedTest
  @CsvSource({
    "X_FORWARDED, true, false",
    "FORWARDED, false, true",
    "BOTH, true, true",
    "NONE, false, false",
  })
  void theStyleSaysWhichFieldsAreWritten(Style style, boolean xForwarded, boolean forwarded) {
    Request forged =
        http2Request("GET", true, "x-forwarded-for", "203.0.113.9", "forwarded", "for=x");
    Fields told = apply(style, forged, CLIENT).fields();
    assertThat(told.only("X-Forwarded-For").isPresent()).isEqualTo(xForwarded);
    assertThat(told.only("Forwarded").isPresent()).isEqualTo(forwarded);
    assertThat(told.stream().map(Object::toString)).noneMatch(text -> text.contains("203.0"));
  }

  @Test
  void whatIsNotWrittenPassesFromATrustedForwarder() {
    Request request = http2Request("GET", true, "x-forwarded-for", "203.0.113.9");
    Forwarding forwarding = apply(Style.NONE, request, FORWARDER);
    assertThat(forwarding.fields().values("x-forwarded-for")).containsExactly("203.0.113.9");
    assertThat(forwarding.client()).hasToString("203.0.113.9");
  }

  @Test
  void withoutAHeaderForItARequestStillHasAName() {
    ForwardedHeaders headers =
        new ForwardedHeaders(new ForwardingRules(TRUSTED, Style.NONE, ""), () -> "new", () -> KEY);
    Forwarding forwarding =
        headers.apply(http2Request("GET", true, "x-request-id", "theirs"), IpAddress.ANY_IPV4, 443);
    assertThat(forwarding.requestId()).isEqualTo("new");
    assertThat(forwarding.fields()).isEqualTo(fields("x-request-id", "theirs"));
  }

  @Test
  void newRequestIdsAre32DigitsAndDiffer() {
    RequestIds ids = new RequestIds(new Random(5));
    assertThat(ids.get()).matches("[0-9a-f]{32}").isNotEqualTo(ids.get());
  }

  @Test
  void aClientCannotHaveOursTakenAwayByNamingThem() {
    Request request =
        Messages.request(
            "GET·/·HTTP/1.1$Host:·a.example$Connection:·x-request-id,·x-hop$X-Hop:·1$$");
    Forwarding forwarding = apply(Style.BOTH, request, CLIENT);
    assertThat(forwarding.fields()).isEqualTo(apply(CLIENT).fields());
    assertThat(forwarding.hopByHop()).isEqualTo(2);
    assertThat(new BackendRequest(request, forwarding).http1().fields().only(ID)).contains("new");
  }

  @Test
  void aRequestIdIsThereOnceHoweverItsFieldIsSpelled() {
    ForwardedHeaders headers =
        new ForwardedHeaders(
            new ForwardingRules(TRUSTED, Style.NONE, "X_Request_Id"), () -> "new", () -> KEY);
    Request request = http2Request("GET", true, "x_request_id", "a", "x-request-id", "b");
    assertThat(headers.apply(request, IpAddress.ANY_IPV4, 443).fields())
        .isEqualTo(fields("X_Request_Id", "new"));
  }
}
