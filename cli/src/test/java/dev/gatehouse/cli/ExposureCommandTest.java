package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.exposure.Edge;
import dev.gatehouse.v1.Change;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.Family;
import dev.gatehouse.v1.GetExposureRequest;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.SourceUse;
import dev.gatehouse.v1.StreamExposureRequest;
import io.grpc.Status;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExposureCommandTest {

  private static final LocalExposure LOCAL = allNamespaces -> Edge.exposure();

  @TempDir private Path folder;
  private final Screen screen = Screen.pipe();

  @Test
  void scansLocallyWithoutADaemon() {
    assertThat(screen.run(LOCAL, "exposure", "--local")).isEqualTo(Cli.OK);
    assertThat(screen.out())
        .startsWith("edge-1 · 2026-05-13 10:04:05 · netlink · 6 listeners, 4 public")
        .doesNotContain("\u001b");
  }

  @Test
  void handsTheNamespacesOnToTheLocalScan() {
    List<Boolean> asked = new ArrayList<>();
    LocalExposure local =
        allNamespaces -> {
          asked.add(allNamespaces);
          return Edge.exposure();
        };
    screen.run(local, "exposure", "--local");
    screen.run(local, "exposure", "--local", "--all-namespaces");
    assertThat(asked).containsExactly(false, true);
  }

  @Test
  void aLocalScanThatFailsSaysWhy() {
    int code =
        screen.run(
            allNamespaces -> {
              throw new IOException("netlink: Operation not permitted");
            },
            "exposure",
            "--local");
    assertThat(code).isEqualTo(Cli.FAILED);
    assertThat(screen.err()).isEqualTo("exposure: netlink: Operation not permitted\n");
  }

  @Test
  void selectsByScopeProtocolAndDrift() {
    assertThat(rows("--public")).isEqualTo(4);
    assertThat(rows("--scope", "private")).isEqualTo(5);
    assertThat(rows("--scope", "PRIVATE", "--proto", "udp")).isEqualTo(1);
    assertThat(rows("--drift")).isEqualTo(1);
  }

  @Test
  void checkFailsOnDriftAndOnAScanThatProvesNothing() {
    Exposure clean = Edge.of(Edge.SSH);
    SourceUse unread =
        SourceUse.newBuilder()
            .setProto(Protocol.PROTOCOL_UDP)
            .setFamily(Family.FAMILY_IPV4)
            .setError("EPERM")
            .build();
    assertThat(check(clean)).isEqualTo(Cli.OK);
    assertThat(check(Edge.exposure())).isEqualTo(Cli.FAILED);
    assertThat(check(clean.toBuilder().setStale(true).build())).isEqualTo(Cli.FAILED);
    assertThat(check(clean.toBuilder().addSources(unread).build())).isEqualTo(Cli.FAILED);
    assertThat(screen.run(LOCAL, "exposure", "--local", "--check", "--proto", "udp"))
        .isEqualTo(Cli.OK);
  }

  @Test
  void printsJsonByEitherSpelling() {
    screen.run(LOCAL, "exposure", "--local", "--json");
    Screen other = Screen.pipe();
    other.run(LOCAL, "exposure", "--local", "--output", "JSON");
    assertThat(screen.out()).startsWith("{\"version\":1,").endsWith("}\n").isEqualTo(other.out());
  }

  @Test
  void printsEntriesToPaste() {
    assertThat(screen.run(LOCAL, "exposure", "--local", "--as-expected")).isEqualTo(Cli.OK);
    assertThat(screen.out()).startsWith("[[watch.expected]]\nproto = \"tcp\"\nport = 22\n");
  }

  @Test
  void fitsTheTerminalUnlessToldNotTo() {
    Screen narrow = Screen.terminal(100);
    narrow.run(LOCAL, "exposure", "--local");
    assertThat(narrow.out()).contains("…", "\u001b[31m");
    Screen whole = Screen.terminal(100);
    whole.run(LOCAL, "exposure", "--local", "--no-trunc");
    assertThat(whole.out()).doesNotContain("…").contains("container 3f2a9c0d11ee");
  }

  @Test
  void asksTheDaemonForExactlyWhatIsWanted() throws IOException {
    Path socket = folder.resolve("control.sock");
    try (FakeDaemon daemon = edge(socket)) {
      int code =
          screen.run(
              "exposure",
              "--socket",
              socket.toString(),
              "--scope",
              "private",
              "--all-namespaces",
              "--check");
      assertThat(code).isEqualTo(Cli.FAILED);
      assertThat(daemon.asked())
          .containsExactly(
              GetExposureRequest.newBuilder()
                  .setMinScope(Scope.SCOPE_PRIVATE)
                  .setFresh(true)
                  .setIncludeNamespaces(true)
                  .build());
    }
    assertThat(screen.out()).contains("1 drift: tcp 0.0.0.0:6379 is not expected.");
  }

  @Test
  void streamsOneEventPerLineUntilTheDaemonStops() throws IOException {
    Path socket = folder.resolve("control.sock");
    try (FakeDaemon _ = edge(socket)) {
      int code =
          screen.run("exposure", "--socket", socket.toString(), "--watch", "--output", "json");
      assertThat(code).isEqualTo(Cli.FAILED);
    }
    assertThat(screen.out().lines())
        .hasSize(2)
        .satisfiesExactly(
            first -> assertThat(first).contains("\"change\":\"snapshot\""),
            second -> assertThat(second).contains("\"change\":\"opened\""));
    assertThat(screen.err()).isEqualTo("exposure: the daemon stops\n");
  }

  @Test
  void redrawsTheTableAfterEachEvent() throws IOException {
    Path socket = folder.resolve("control.sock");
    Screen terminal = Screen.terminal(200);
    try (FakeDaemon daemon = edge(socket)) {
      terminal.run("exposure", "--socket", socket.toString(), "--watch");
      assertThat(daemon.asked()).filteredOn(GetExposureRequest.class::isInstance).hasSize(2);
    }
    assertThat(terminal.out().split("\u001b\\[2J\u001b\\[H", -1)).hasSize(3);
    Screen pipe = Screen.pipe();
    try (FakeDaemon _ = edge(folder.resolve("other.sock"))) {
      pipe.run("exposure", "--socket", folder.resolve("other.sock").toString(), "--watch");
    }
    assertThat(pipe.out().split("edge-1 ", -1)).hasSize(3);
    assertThat(pipe.out()).doesNotContain("\u001b");
  }

  @Test
  void withoutADaemonItSaysWhereItLookedAndWhatToDo() throws IOException {
    assertThat(screen.run("exposure")).isEqualTo(Cli.FAILED);
    assertThat(screen.err())
        .isEqualTo(
            "exposure: no daemon at gatehouse-data/control.sock (no such file); start it with"
                + " 'gatehouse run', or scan directly with 'gatehouse exposure --local'\n");
    Path stale = folder.resolve("stale.sock");
    leaveStaleSocket(stale);
    assertThat(error("exposure", "--socket", stale.toString()))
        .contains(stale + " (connection refused); start it with 'gatehouse run', or scan");
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(error("status", "--socket", file.toString()))
        .isEqualTo(
            "status: no daemon at %s (not a socket); name the control socket with --socket%n"
                .formatted(file));
  }

  /** A daemon whose host is {@link Edge}, and which stops after two events. */
  private static FakeDaemon edge(Path socket) throws IOException {
    return new FakeDaemon(socket)
        .answers(GetExposureRequest.class, Edge.exposure())
        .fails(
            StreamExposureRequest.class,
            Status.UNAVAILABLE.withDescription("the daemon stops"),
            ExposureEvent.newBuilder()
                .setChange(Change.CHANGE_SNAPSHOT)
                .setSnapshot(Edge.exposure())
                .build(),
            ExposureEvent.newBuilder()
                .setChange(Change.CHANGE_OPENED)
                .setListener(Edge.SSH)
                .build());
  }

  private long rows(String... options) {
    List<String> arguments = new ArrayList<>(List.of("exposure", "--local"));
    arguments.addAll(List.of(options));
    Screen fresh = Screen.pipe();
    fresh.run(LOCAL, arguments.toArray(String[]::new));
    return fresh.out().lines().filter(line -> line.matches("(tcp|udp).*")).count();
  }

  private int check(Exposure exposure) {
    return screen.run(_ -> exposure, "exposure", "--local", "--check");
  }

  private static String error(String... arguments) {
    Screen screen = Screen.pipe();
    assertThat(screen.run(arguments)).isEqualTo(Cli.FAILED);
    return screen.err();
  }

  private static void leaveStaleSocket(Path path) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
    }
  }
}
