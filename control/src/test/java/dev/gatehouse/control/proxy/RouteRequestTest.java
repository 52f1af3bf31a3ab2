package dev.gatehouse.control.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.Duration;
import com.google.protobuf.TextFormat;
import dev.gatehouse.control.CallFailure;
import dev.gatehouse.proxy.ruleset.Edit.ListenerChoice;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.L7Policy;
import dev.gatehouse.v1.Route;
import io.grpc.Status.Code;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteRequestTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hostname: '' | route.hostname: \"\": expected a name such as \"git.example.org\", or"
            + " \"*.example.org\" for all below it",
        "hostname: '*' | route.hostname: \"*\": expected a name such as \"git.example.org\", or"
            + " \"*.example.org\" for all below it; name the route for all other names in"
            + " default_route",
        "backends: ['10.0.0.6:443', 'x'] backend: '' | route.backends[1]: \"x\": expected HOST:PORT"
            + " with a port from 1 to 65535, the host a name or an IP literal (IPv6 in brackets)",
        "mode: 9 | route.mode: 9: expected l4 or l7",
        "balance: 9 | route.balance: 9: expected round_robin or least_connections",
        "backend_protocol: 9 | route.backend_protocol: 9: expected auto, h1, h2c or h2",
        "backend_protocol: BACKEND_PROTOCOL_H2 | route.backend_protocol: \"h2\": expected auto,"
            + " since L4 does not see HTTP; use mode = l7",
        "backend_tls: true | route.backend_tls: true: expected false, since L4 passes the client's"
            + " own TLS through",
        "backend_tls_verify: false | route.backend_tls: false: expected true wherever"
            + " backend_tls_verify, _ca or _name is given",
        "send_proxy_protocol: true send_proxy_tlvs: [PROXY_TLV_ALPN, PROXY_TLV_SSL] |"
            + " route.send_proxy_tlvs: […]: expected no ssl, since L4 passes the client's"
            + " own TLS through",
        "send_proxy_tlvs: [9] | route.send_proxy_tlvs[0]: 9: expected authority, alpn, unique_id,"
            + " ssl or crc32c",
        "send_proxy_tlvs: [PROXY_TLV_UNSPECIFIED] | route.send_proxy_tlvs[0]: 0: expected authority,"
            + " alpn, unique_id, ssl or crc32c",
        "l7_policies: {value: 'x'} | route.l7_policies[0].type: missing; expected block_user_agent"
            + " or require_header",
        "l7_policies: {type: 9 value: 'x'} | route.l7_policies[0].type: 9: expected"
            + " block_user_agent or require_header",
        "l7_policies: {type: L7_POLICY_TYPE_REQUIRE_HEADER} | route.l7_policies[0].value: missing;"
            + " expected 1 to 1024 bytes without controls; of require_header, the name of a header",
        "tls_cert: 'a.pem' tls_key: '/b.key' | route.tls_cert: \"a.pem\": expected an absolute path",
        "tls_cert: '/a.pem' tls_key: 'b.key' | route.tls_key: \"b.key\": expected an absolute path",
        "tls_cert: '/a\\000' tls_key: '/b' | route.tls_cert: \"/a\\u{0}\": expected an absolute path",
        "tls_cert: '/a.pem' | route.tls_key: expected a file beside the other of both",
        "tls_min_version: '1.1' | route.tls_min_version: \"1.1\": expected 1.2 or 1.3; did you mean"
            + " \"1.2\"?",
        "max_request_body: 18446744073709551615 | route.max_request_body: \"18446744073709551615\":"
            + " expected a size such as \"256KiB\", 0B or more",
      })
  void eachMistakeIsToldOfItsFieldInTheWordsOfTheConfiguration(String fields, String violation)
      throws TextFormat.ParseException {
    CallFailure failure = CallFailure.of(() -> RouteRequest.put(request(fields)));
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.violations()).containsExactly(violation);
    assertThat(failure.description()).isEqualTo(violation);
  }

  @Test
  void anL7RouteWithoutACertificateAndWithABackendThatIsNoneIsRefused()
      throws TextFormat.ParseException {
    AddRouteRequest wrong = request("mode: ROUTE_MODE_L7 backend: 'nope'");
    assertThat(CallFailure.of(() -> RouteRequest.put(wrong)).violations())
        .contains(
            "route.tls_cert: expected a certificate, with tls_key, since mode = l7",
            "route.backend: \"nope\": expected HOST:PORT with a port from 1 to 65535, the host a name"
                + " or an IP literal (IPv6 in brackets)");
  }

  @Test
  void allMistakesAreToldAtOnceAndTheFirstOneInTheStatus() throws TextFormat.ParseException {
    AddRouteRequest wrong =
        request("mode: 9 backend_protocol: 9 idle_timeout: {seconds: -1}").toBuilder()
            .setListenerAddr("eth0")
            .build();
    CallFailure failure = CallFailure.of(() -> RouteRequest.put(wrong));
    assertThat(failure.violations())
        .extracting(violation -> violation.substring(0, violation.indexOf(':')))
        .containsExactly(
            "listener_addr", "route.mode", "route.idle_timeout", "route.backend_protocol");
    assertThat(failure.description()).isEqualTo(failure.violations().getFirst() + " (and 3 more)");
  }

  @Test
  void aMessageWithNothingInItLacksNameAndBackend() {
    CallFailure failure =
        CallFailure.of(() -> RouteRequest.put(AddRouteRequest.getDefaultInstance()));
    assertThat(failure.violations())
        .containsExactly(
            "route.hostname: \"\": expected a name such as \"git.example.org\", or"
                + " \"*.example.org\" for all below it",
            "route.backend: expected either backend or backends, with at least one address");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "1, -1",
    "0, 1",
    "5, 500000",
    "1000000000000000, 0",
    "86401, 0",
    "-9223372036854775808, 0",
    "0, -2147483648",
  })
  void aTimeoutIsInMillisecondsFromZeroToADay(long seconds, int nanos)
      throws TextFormat.ParseException {
    Route route =
        request("").getRoute().toBuilder()
            .setIdleTimeout(Duration.newBuilder().setSeconds(seconds).setNanos(nanos))
            .build();
    CallFailure failure =
        CallFailure.of(
            () -> RouteRequest.put(AddRouteRequest.newBuilder().setRoute(route).build()));
    assertThat(failure.violations()).hasSize(1);
    assertThat(failure.violations().getFirst())
        .startsWith("route.idle_timeout: ")
        .contains("24h", "or \"0s\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "idle_timeout: {seconds: 86400}",
        "idle_timeout: {nanos: 1000000}",
        "idle_timeout: {}",
        "health_interval: {}",
        "backend_tls_verify: true",
        "max_request_body: 0",
        "max_request_body: 1099511627776",
        "l7_policies: {type: L7_POLICY_TYPE_REQUIRE_HEADER value: 'X-Key'}",
      })
  void whatIsAtALimitIsTaken(String fields) {
    assertThatCode(() -> RouteRequest.put(request(fields))).doesNotThrowAnyException();
  }

  @Test
  void tooManyPoliciesAreRefusedWithTheirNumber() throws TextFormat.ParseException {
    Route route =
        request("").getRoute().toBuilder()
            .addAllL7Policies(Collections.nCopies(257, L7Policy.getDefaultInstance()))
            .build();
    CallFailure failure =
        CallFailure.of(
            () -> RouteRequest.put(AddRouteRequest.newBuilder().setRoute(route).build()));
    assertThat(failure.violations())
        .containsExactly("route.l7_policies: 257 entries: expected at most 256");
  }

  @Test
  void aListenerIsReadLikeAnAddressOfTheFileAndEmptyIsTheOnlyOne() {
    assertThat(RouteRequest.choice("")).isEqualTo(ListenerChoice.ONLY);
    assertThat(RouteRequest.choice(":443").address()).map(Object::toString).contains("[::]:443");
    assertThat(CallFailure.of(() -> RouteRequest.choice("eth0:443")).violations())
        .containsExactly(
            "listener_addr: \"eth0:443\": expected HOST:PORT with a port from 1 to 65535, the host"
                + " empty (every address), an IP literal (IPv6 in brackets) or localhost");
  }

  @Test
  void aPolicyCallTellsAllOfItsMistakesToo() {
    assertThat(
            CallFailure.of(() -> RouteRequest.policy("", "", L7Policy.getDefaultInstance()))
                .violations())
        .extracting(violation -> violation.substring(0, violation.indexOf(':')))
        .isEqualTo(List.of("hostname", "policy.type", "policy.value"));
  }

  /** A route that is right but for these fields, in the text form of messages. */
  private static AddRouteRequest request(String fields) throws TextFormat.ParseException {
    Route.Builder route = Route.newBuilder().setHostname("git.example.org");
    if (!fields.contains("backend:") && !fields.contains("backends:")) {
      route.setBackend("10.0.0.5:443");
    }
    Route.Builder given = Route.newBuilder();
    TextFormat.merge(fields.replaceFirst("hostname: ''|backend: ''", ""), given);
    route.mergeFrom(given.build());
    if (fields.contains("hostname: ''")) {
      route.clearHostname();
    }
    return AddRouteRequest.newBuilder().setRoute(route).build();
  }
}
