package dev.gatehouse.control.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.CallFailure;
import dev.gatehouse.control.FakeEditor;
import dev.gatehouse.control.FakeProxyView;
import dev.gatehouse.control.Rules;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.LoggedEvent;
import dev.gatehouse.v1.AddRouteRequest;
import dev.gatehouse.v1.AddRouteResponse;
import dev.gatehouse.v1.Route;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

@Timeout(60)
class ProxyAuditTest {

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();

  @Test
  void everyChangeIsToldWithWhoAskedForItAndWhatCameOfIt() throws Exception {
    try (RunningProxyCalls calls = new RunningProxyCalls(folder)) {
      Route route =
          Messages.l4("git.example.org", "10.0.0.9:443").toBuilder()
              .addL7Policies(Messages.badBot())
              .addL7Policies(Messages.needsKey())
              .build();
      calls.stub.addRoute(Messages.add(":443", route));
      calls.stub.setListenerMaxConnections(Messages.limit(":443", 5));
      calls.stub.removeL7Policy(Messages.removePolicy(Messages.badBot()));
      CallFailure.of(() -> calls.stub.addL7Policy(Messages.addPolicy(Messages.needsKey())));
      CallFailure.of(() -> calls.stub.removeRoute(Messages.remove("", "gone.example")));
    }
    assertThat(log.events("control"))
        .extracting(LoggedEvent::fields)
        .containsExactly(
            told(
                "AddRoute",
                "OK",
                Map.of(
                    "listener", ":443",
                    "hostname", "git.example.org",
                    "backend", "10.0.0.9:443",
                    "policies", "block_user_agent=BadBot,require_header=X-Api-Key")),
            told(
                "SetListenerMaxConnections",
                "OK",
                Map.of("listener", ":443", "max_connections", "5")),
            told("RemoveL7Policy", "OK", policy("block_user_agent=BadBot")),
            told("AddL7Policy", "ALREADY_EXISTS", policy("require_header=X-Api-Key")),
            told("RemoveRoute", "INVALID_ARGUMENT", Map.of("hostname", "gone.example")));
    assertThat(log.events("control")).allMatch(line -> line.level() == Level.INFO);
  }

  @Test
  void whatACallerWritesCannotRedrawTheLog() throws Exception {
    try (RunningProxyCalls calls = new RunningProxyCalls(folder)) {
      CallFailure.of(
          () ->
              calls.stub.removeRoute(
                  Messages.remove("\u001b[2J", "a\nlevel=error\u202e" + "b".repeat(1_000))));
    }
    Map<String, String> fields = log.events("control").getFirst().fields();
    assertThat(fields).containsEntry("listener", "\\u{1b}[2J");
    assertThat(fields.get("hostname"))
        .startsWith("a\\u{a}level=error\\u{202e}bbb")
        .endsWith("b…")
        .hasSizeLessThan(600);
  }

  @Test
  void aCallThatIsOverChangesNothing() {
    Context.CancellableContext left = Context.current().withCancellation();
    left.cancel(null);
    assertThat(addedWithin(left)).isEqualTo(Code.CANCELLED);
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Context.CancellableContext late =
            Context.current().withDeadlineAfter(-1, TimeUnit.SECONDS, clock)) {
      assertThat(addedWithin(late)).isEqualTo(Code.DEADLINE_EXCEEDED);
    }
    assertThat(log.events("control"))
        .extracting(line -> line.fields().get("result"))
        .containsExactly("CANCELLED", "DEADLINE_EXCEEDED");
  }

  /** Calls without a socket between, since a client would not send what is over. */
  private static Code addedWithin(Context call) {
    FakeEditor editor = new FakeEditor(Rules.ruleset(Rules.listener(":443")));
    ProxyCalls calls = new ProxyCalls(editor, new FakeProxyView(), new Audit());
    AddRouteRequest add = Messages.add("", Messages.l4("git.example.org", "10.0.0.5:443"));
    Failures failures = new Failures();
    call.run(() -> calls.addRoute(add, failures));
    assertThat(editor.edits()).isEmpty();
    assertThat(editor.ruleset().routes()).isZero();
    return CallFailure.of(failures.seen.getFirst()).code();
  }

  private static final class Failures implements StreamObserver<AddRouteResponse> {

    private final List<Throwable> seen = new ArrayList<>();

    @Override
    public void onNext(AddRouteResponse response) {
      throw new AssertionError(response);
    }

    @Override
    public void onError(Throwable failure) {
      seen.add(failure);
    }

    @Override
    public void onCompleted() {
      throw new AssertionError("completed");
    }
  }

  private static Map<String, String> policy(String policy) {
    return Map.of("listener", ":443", "hostname", "git.example.org", "policy", policy);
  }

  private static Map<String, String> told(
      String method, String result, Map<String, String> arguments) throws IOException {
    Map<String, String> fields = new HashMap<>(arguments);
    fields.put("method", method);
    fields.put("result", result);
    fields.put("uid", Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString());
    fields.put("pid", Long.toString(ProcessHandle.current().pid()));
    return fields;
  }
}
