package dev.gatehouse.control.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.CallFailure;
import dev.gatehouse.control.Daemon;
import dev.gatehouse.control.FakeEditor;
import dev.gatehouse.control.RawChannel;
import dev.gatehouse.control.Rules;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.AddL7PolicyRequest;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.ListL7PoliciesRequest;
import dev.gatehouse.v1.ListListenersRequest;
import dev.gatehouse.v1.ListRoutesRequest;
import dev.gatehouse.v1.ProxyServiceGrpc;
import dev.gatehouse.v1.RemoveL7PolicyRequest;
import dev.gatehouse.v1.RemoveRouteRequest;
import dev.gatehouse.v1.Route;
import dev.gatehouse.v1.SetListenerMaxConnectionsRequest;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProxyCallsTest {

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
  void everyCallSaysThatTheProxyIsOff() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("off"));
    try (Daemon off = new Daemon(elsewhere, new ProxyCalls(calls.editor, null, new Audit()));
        RawChannel channel = new RawChannel(off.socket())) {
      for (ThrowingCallable call : everyCall(ProxyServiceGrpc.newBlockingStub(channel.channel()))) {
        assertThat(CallFailure.of(call))
            .isEqualTo(
                new CallFailure(
                    Code.FAILED_PRECONDITION,
                    "the proxy is switched off; add a [proxy] section to the configuration",
                    List.of()));
      }
    }
    assertThat(calls.editor.edits()).isEmpty();
  }

  private static List<ThrowingCallable> everyCall(ProxyServiceGrpc.ProxyServiceBlockingStub stub) {
    return List.of(
        () -> stub.listListeners(ListListenersRequest.getDefaultInstance()),
        () -> stub.setListenerMaxConnections(SetListenerMaxConnectionsRequest.getDefaultInstance()),
        () -> stub.listRoutes(ListRoutesRequest.getDefaultInstance()),
        () -> stub.addRoute(AddRouteRequest.getDefaultInstance()),
        () -> stub.addRoute(AddRouteRequest.newBuilder().setValidateOnly(true).build()),
        () -> stub.removeRoute(RemoveRouteRequest.getDefaultInstance()),
        () -> stub.listL7Policies(ListL7PoliciesRequest.getDefaultInstance()),
        () -> stub.addL7Policy(AddL7PolicyRequest.getDefaultInstance()),
        () -> stub.removeL7Policy(RemoveL7PolicyRequest.getDefaultInstance()));
  }

  @Test
  void setsTheLimitOfAListenerAndTellsTheOneBefore() {
    assertThat(calls.stub.setListenerMaxConnections(Messages.limit(":443", 500)).getPrevious())
        .isZero();
    assertThat(calls.stub.setListenerMaxConnections(Messages.limit(":443", 0)).getPrevious())
        .isEqualTo(500);
    assertThat(
            CallFailure.of(() -> calls.stub.setListenerMaxConnections(Messages.limit(":444", 1)))
                .code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({"-1", "2147483648", "-9223372036854775808"})
  void aLimitIsNeitherNegativeNorBeyondWhatCanBeHeld(long limit) {
    CallFailure failure =
        CallFailure.of(() -> calls.stub.setListenerMaxConnections(Messages.limit(":443", limit)));
    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.violations()).hasSize(1);
    assertThat(failure.violations().getFirst())
        .startsWith("max_connections: " + limit + ": expected ")
        .contains("2147483647");
  }

  @Test
  void removesARouteButNotOneThatItsListenerNames() {
    assertThat(
            calls.stub.removeRoute(Messages.remove(":443", "git.example.org")).getSerializedSize())
        .isZero();
    assertThat(
            CallFailure.of(
                () -> calls.stub.removeRoute(Messages.remove(":443", "git.example.org"))))
        .isEqualTo(
            new CallFailure(
                Code.NOT_FOUND,
                "there is no route git.example.org of [::]:443; expected a hostname of 'gatehouse"
                    + " routes list'",
                List.of()));
    assertThat(
            CallFailure.of(() -> calls.stub.removeRoute(Messages.remove(":443", "*.example.org")))
                .code())
        .isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(calls.listed(":443"))
        .extracting(Route::getHostname)
        .containsExactly("*.example.org");
  }

  @Test
  void anEmptyListenerIsTheOnlyOneAndElseAmbiguous() {
    CallFailure failure =
        CallFailure.of(() -> calls.stub.removeRoute(Messages.remove("", "git.example.org")));
    assertThat(failure)
        .isEqualTo(
            new CallFailure(
                Code.INVALID_ARGUMENT,
                "listener_addr: none given; expected one of: [::]:443, 10.0.0.1:443",
                List.of("listener_addr: none given; expected one of: [::]:443, 10.0.0.1:443")));
  }

  @Test
  void addsListsAndRemovesPolicies() {
    assertThat(calls.stub.addL7Policy(Messages.addPolicy(Messages.badBot())).getWarningsList())
        .extracting(warning -> warning.getField() + ": " + warning.getText())
        .containsExactly("policy: has no effect with mode = l4, which does not see HTTP");
    assertThat(
            CallFailure.of(() -> calls.stub.addL7Policy(Messages.addPolicy(Messages.badBot())))
                .code())
        .isEqualTo(Code.ALREADY_EXISTS);
    calls.stub.addL7Policy(Messages.addPolicy(Messages.needsKey()));
    assertThat(calls.policies(":443", "git.example.org"))
        .containsExactly(Messages.badBot(), Messages.needsKey());
    calls.stub.removeL7Policy(Messages.removePolicy(Messages.badBot()));
    assertThat(calls.policies(":443", "git.example.org")).containsExactly(Messages.needsKey());
    assertThat(
            CallFailure.of(
                    () -> calls.stub.removeL7Policy(Messages.removePolicy(Messages.badBot())))
                .code())
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void aPolicyOfAnL7RouteIsNotWarnedOf() throws Exception {
    FakeEditor withL7 = new FakeEditor(Rules.ruleset(Rules.listener(":443", Samples.l7())));
    Routing routing = new Routing(withL7, calls.proxy);
    AddL7PolicyRequest add =
        AddL7PolicyRequest.newBuilder()
            .setHostname("www.example.org")
            .setPolicy(Messages.needsKey())
            .build();
    assertThat(routing.addL7Policy(add).getWarningsCount()).isZero();
    assertThat(withL7.ruleset().listeners().getFirst().routes().getFirst().l7().policies())
        .hasSize(2);
  }
}
