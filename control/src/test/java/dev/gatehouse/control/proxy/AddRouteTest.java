package dev.gatehouse.control.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.gatehouse.control.CallFailure;
import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.testkit.Hex;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.AddRouteResponse;
import dev.gatehouse.v1.AddRouteResponse.Outcome;
import dev.gatehouse.v1.BackendProtocol;
import dev.gatehouse.v1.Balance;
import dev.gatehouse.v1.L7Policy;
import dev.gatehouse.v1.ProxyTlv;
import dev.gatehouse.v1.Route;
import dev.gatehouse.v1.RouteMode;
import dev.gatehouse.v1.RouteStatus;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class AddRouteTest {

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();
  private RunningProxyCalls calls;

  @BeforeEach
  void start() throws IOException {
    calls = new RunningProxyCalls(folder);
  }

  @AfterEach
  void stop() throws IOException {
    calls.close();
  }

  @Test
  void addsARouteThenKnowsItThenChangesIt() {
    AddRouteRequest add =
        Messages.add("10.0.0.1:443", Messages.l4("New.Example.ORG.", "10.0.0.9:443"));
    AddRouteResponse first = calls.stub.addRoute(add);
    assertThat(first.getOutcome()).isEqualTo(Outcome.CREATED);
    assertThat(first.getRouteId()).isEqualTo(4);
    AddRouteResponse second = calls.stub.addRoute(add);
    assertThat(second.getOutcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(second.getRouteId()).isEqualTo(4);
    AddRouteResponse third =
        calls.stub.addRoute(
            Messages.add("10.0.0.1:443", Messages.l4("new.example.org", "10.0.0.10:443")));
    assertThat(third.getOutcome()).isEqualTo(Outcome.UPDATED);
    assertThat(third.getRouteId()).isEqualTo(4);
    assertThat(calls.listed("10.0.0.1:443").getLast().getBackend()).isEqualTo("10.0.0.10:443");
  }

  @Test
  void aRouteIsListedAsItWasAdded() {
    Route all =
        Route.newBuilder()
            .setHostname("all.example.org")
            .addBackends("10.0.0.9:443")
            .addBackends("[2001:db8::9]:443")
            .setMode(RouteMode.ROUTE_MODE_L4)
            .setSendProxyProtocol(true)
            .addSendProxyTlvs(ProxyTlv.PROXY_TLV_AUTHORITY)
            .addSendProxyTlvs(ProxyTlv.PROXY_TLV_CRC32C)
            .setTlsCert("/etc/all.pem")
            .setTlsKey("/etc/all.key")
            .setTlsMinVersion("1.3")
            .setIdleTimeout(TimeMessages.of(Duration.ZERO))
            .setResponseHeaderTimeout(TimeMessages.of(Duration.ofMillis(1_500)))
            .setMaxRequestBody(3L << 30)
            .setBalance(Balance.BALANCE_LEAST_CONNECTIONS)
            .setHealthInterval(TimeMessages.of(Duration.ofSeconds(5)))
            .setBackendProtocol(BackendProtocol.BACKEND_PROTOCOL_AUTO)
            .addL7Policies(Messages.badBot())
            .build();
    AddRouteResponse response = calls.stub.addRoute(Messages.add("10.0.0.1:443", all));
    assertThat(response.getWarningsList())
        .extracting(warning -> warning.getField())
        .containsExactly(
            "route.tls_cert",
            "route.tls_min_version",
            "route.response_header_timeout",
            "route.max_request_body",
            "route.l7_policies");
    assertThat(response.getWarnings(0).getText())
        .isEqualTo("\"/etc/all.pem\": has no effect with mode = l4, which does not see HTTP");
    assertThat(calls.listed("10.0.0.1:443").getLast().toBuilder().clearStatus().build())
        .isEqualTo(all);
  }

  @Test
  void theStatusOfARouteIsIgnoredOnInput() {
    Route route =
        Messages.l4("git.example.org", "10.0.0.5:443").toBuilder()
            .setStatus(RouteStatus.newBuilder().setId(99).setActiveConnections(5))
            .build();
    assertThat(calls.stub.addRoute(Messages.add(":443", route)).getOutcome())
        .isEqualTo(Outcome.UNCHANGED);
  }

  /** What the first client of this API sent: fields 1 and 2 of a route. */
  @Test
  void theMessageOfAnOldClientIsAnL4Route() throws InvalidProtocolBufferException {
    byte[] recorded =
        Hex.bytes(
            """
            0a 0c 31302e302e302e313a343433                 # 1 listener_addr 10.0.0.1:443
            12 1f                                          # 2 route
              0a 0f 6f6c642e6578616d706c652e6f7267         #   1 hostname old.example.org
              12 0c 31302e302e302e393a343433               #   2 backend 10.0.0.9:443
            """);
    AddRouteResponse response = calls.stub.addRoute(AddRouteRequest.parseFrom(recorded));
    assertThat(response.getOutcome()).isEqualTo(Outcome.CREATED);
    Route listed = calls.listed("10.0.0.1:443").getLast();
    assertThat(listed.getMode()).isEqualTo(RouteMode.ROUTE_MODE_L4);
    assertThat(listed.getBackend()).isEqualTo("10.0.0.9:443");
    assertThat(listed.hasBackendTlsVerify()).isFalse();
  }

  @Test
  void fieldsOfANewerClientAreIgnored() {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(29, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    Route route =
        Messages.l4("git.example.org", "10.0.0.5:443").toBuilder()
            .setUnknownFields(unknown)
            .build();
    assertThat(calls.stub.addRoute(Messages.add(":443", route)).getOutcome())
        .isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void aRehearsalTellsTheOutcomeAndChangesNothing() {
    AddRouteRequest.Builder add =
        Messages.add(":443", Messages.l4("new.example.org", "10.0.0.9:443")).toBuilder();
    AddRouteResponse response = calls.stub.addRoute(add.setValidateOnly(true).build());
    assertThat(response.getOutcome()).isEqualTo(Outcome.CREATED);
    assertThat(response.getRouteId()).isZero();
    assertThat(calls.listed(":443")).hasSize(2);
    assertThat(calls.editor.edits()).isEmpty();
    assertThat(log.events("control")).isEmpty();
  }

  @Test
  void policiesStayUnlessOthersAreGivenOrTheyAreCleared() {
    Route bare = Messages.l4("git.example.org", "10.0.0.5:443");
    Route strict = bare.toBuilder().addL7Policies(Messages.badBot()).build();
    assertThat(calls.stub.addRoute(Messages.add(":443", strict)).getOutcome())
        .isEqualTo(Outcome.UPDATED);
    assertThat(calls.stub.addRoute(Messages.add(":443", bare)).getOutcome())
        .isEqualTo(Outcome.UNCHANGED);
    assertThat(calls.policies(":443", "git.example.org")).containsExactly(Messages.badBot());
    Route other = bare.toBuilder().addL7Policies(Messages.needsKey()).build();
    assertThat(calls.stub.addRoute(Messages.add(":443", other)).getOutcome())
        .isEqualTo(Outcome.UPDATED);
    assertThat(calls.policies(":443", "git.example.org")).containsExactly(Messages.needsKey());
    AddRouteRequest clear = Messages.add(":443", bare).toBuilder().setClearL7Policies(true).build();
    assertThat(calls.stub.addRoute(clear).getOutcome()).isEqualTo(Outcome.UPDATED);
    assertThat(calls.policies(":443", "git.example.org")).isEmpty();
  }

  @Test
  void aRouteThatIsThereIsNoFailureWhenItsNumberCannotBeTold() {
    calls.editor.loseIds();
    AddRouteResponse response =
        calls.stub.addRoute(Messages.add(":443", Messages.l4("new.example.org", "10.0.0.9:443")));
    assertThat(response.getOutcome()).isEqualTo(Outcome.CREATED);
    assertThat(response.getRouteId()).isZero();
    assertThat(CallFailure.of(() -> calls.stub.listRoutes(Messages.listRoutes(""))))
        .isEqualTo(new CallFailure(Code.UNAVAILABLE, "the database is busy", List.of()));
  }

  @Test
  void asManyMistakesAsFitReachTheClient() {
    Route wrong =
        Messages.l4("git.example.org", "10.0.0.5:443").toBuilder()
            .addAllL7Policies(Collections.nCopies(256, L7Policy.getDefaultInstance()))
            .build();
    CallFailure failure = CallFailure.of(() -> calls.stub.addRoute(Messages.add(":443", wrong)));
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.violations())
        .hasSizeGreaterThan(20)
        .startsWith(
            "route.l7_policies[0].type: missing; expected block_user_agent or require_header",
            "route.l7_policies[0].value: missing; expected 1 to 1024 bytes without controls; of"
                + " require_header, the name of a header");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID, INVALID_ARGUMENT, route.backend: it is so",
    "NOT_FOUND, NOT_FOUND, it is so",
    "ALREADY_EXISTS, ALREADY_EXISTS, it is so",
    "NOT_NOW, FAILED_PRECONDITION, it is so",
    "TOO_MANY, RESOURCE_EXHAUSTED, it is so",
    "BUSY, UNAVAILABLE, it is so",
    "NOT_WRITTEN, INTERNAL, it is so",
  })
  void everyRefusalHasItsCode(Reason reason, Code code, String description) {
    calls.editor.refuse(new EditRefusedException(reason, "route.backend", "it is so"));
    CallFailure failure =
        CallFailure.of(
            () ->
                calls.stub.addRoute(
                    Messages.add(":443", Messages.l4("a.example", "10.0.0.9:443"))));
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.description()).isEqualTo(description);
    assertThat(failure.violations())
        .isEqualTo(reason == Reason.INVALID ? List.of("route.backend: it is so") : List.of());
    assertThat(log.events("control").getFirst().fields()).containsEntry("result", code.name());
  }
}
