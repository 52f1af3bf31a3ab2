package dev.gatehouse.control.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.client.ControlException;
import dev.gatehouse.client.GatehouseClient;
import dev.gatehouse.control.Daemon;
import dev.gatehouse.control.RawChannel;
import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.control.stream.OpenStreams;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.v1.Change;
import dev.gatehouse.v1.Connections;
import dev.gatehouse.v1.Direction;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.GetConnectionsRequest;
import dev.gatehouse.v1.GetExposureRequest;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.StreamExposureRequest;
import dev.gatehouse.v1.WatchServiceGrpc;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.exposure.ExposureEvent.Closed;
import dev.gatehouse.watch.exposure.ExposureEvent.DriftBegan;
import dev.gatehouse.watch.exposure.ExposureEvent.DriftResolved;
import dev.gatehouse.watch.exposure.ExposureEvent.Opened;
import dev.gatehouse.watch.exposure.ExposureEvent.OwnerChanged;
import dev.gatehouse.watch.exposure.Listener;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WatchCallsTest {

  private static final Listener PUBLIC = Samples.listener("0.0.0.0", 22);
  private static final Listener PRIVATE = Samples.listener("10.0.0.5", 5432);
  private static final Listener LOCAL = Samples.listener("127.0.0.1", 9090);
  private static final Listener ELSEWHERE = Samples.listener("3f2a9c0d11ee", "0.0.0.0", 80);

  @TempDir private Path folder;
  @RegisterExtension private final LogGuard log = new LogGuard();
  private final FakeWatch watch =
      new FakeWatch(Samples.snapshot(100, PUBLIC, PRIVATE, LOCAL, ELSEWHERE));
  private Daemon daemon;
  private RawChannel raw;
  private WatchServiceGrpc.WatchServiceBlockingStub stub;

  @BeforeEach
  void start() throws IOException {
    daemon = new Daemon(folder, new WatchCalls(watch, messages()));
    raw = new RawChannel(daemon.socket());
    stub = WatchServiceGrpc.newBlockingStub(raw.channel());
  }

  @AfterEach
  void stop() throws IOException {
    raw.close();
    daemon.close();
  }

  @Test
  void tellsWhatTheWatchFound() {
    Exposure exposure = stub.getExposure(GetExposureRequest.getDefaultInstance());
    assertThat(exposure.getHost()).isEqualTo("edge-1");
    assertThat(exposure.getTakenAt()).isEqualTo(TimeMessages.of(Samples.NOON));
    assertThat(exposure.getAge()).isEqualTo(TimeMessages.ofNanos(5_000_000_000L));
    assertThat(exposure.getStale()).isTrue();
    assertThat(exposure.getTruncated()).isEqualTo(7);
    assertThat(exposure.getWarningsList()).containsExactly("a warning");
    assertThat(exposure.getSourcesCount()).isEqualTo(1);
    assertThat(exposure.getOwners().getFd()).isEqualTo(3);
    assertThat(ports(exposure)).containsExactly(22, 5432, 9090);
    assertThat(watch.freshScans()).isZero();
  }

  @Test
  void scansAnewAndShowsOtherNamespacesWhenAsked() {
    Exposure exposure =
        stub.getExposure(
            GetExposureRequest.newBuilder().setFresh(true).setIncludeNamespaces(true).build());
    assertThat(ports(exposure)).containsExactly(22, 5432, 9090, 80);
    assertThat(exposure.getListeners(3).getNetns()).isEqualTo("3f2a9c0d11ee");
    assertThat(watch.freshScans()).isEqualTo(1);
  }

  @Test
  void showsAScopeAndWiderAndTheirDrift() {
    watch.scan(
        Samples.snapshot(
            200,
            List.of(Samples.unexpected(PUBLIC), Samples.unexpected(LOCAL), Samples.missing()),
            PUBLIC,
            PRIVATE,
            LOCAL));
    Exposure exposure =
        stub.getExposure(GetExposureRequest.newBuilder().setMinScope(Scope.SCOPE_PRIVATE).build());
    assertThat(ports(exposure)).containsExactly(22, 5432);
    assertThat(exposure.getDriftList()).hasSize(2);
    assertThat(exposure.getDrift(1).hasListener()).isFalse();
  }

  @Test
  void cutsAPageAndTellsHowMuch() {
    Exposure exposure = stub.getExposure(GetExposureRequest.newBuilder().setPageSize(2).build());
    assertThat(ports(exposure)).containsExactly(22, 5432);
    assertThat(exposure.getOmitted()).isEqualTo(1);
    assertThat(exposure.getOwners().getFd()).isEqualTo(3);
  }

  @Test
  void neverSendsMoreThan10000Listeners() {
    Listener[] many = new Listener[10_001];
    Arrays.fill(many, PUBLIC);
    watch.scan(Samples.snapshot(200, many));
    try (GatehouseClient client = GatehouseClient.open(daemon.socket())) {
      Exposure exposure = client.watch().exposure(GetExposureRequest.getDefaultInstance());
      assertThat(exposure.getListenersCount()).isEqualTo(10_000);
      assertThat(exposure.getOmitted()).isEqualTo(1);
    } catch (ControlException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_001})
  void refusesAPageSizeOutsideItsRange(int pageSize) {
    assertFails(
        () -> stub.getExposure(GetExposureRequest.newBuilder().setPageSize(pageSize).build()),
        Status.Code.INVALID_ARGUMENT,
        "page_size: " + pageSize + " (expected: 0-10000)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 99})
  void refusesAScopeThatNoListenerHas(int scope) {
    assertFails(
        () -> stub.getExposure(GetExposureRequest.newBuilder().setMinScopeValue(scope).build()),
        Status.Code.INVALID_ARGUMENT,
        "min_scope: " + scope + " (expected: SCOPE_LOOPBACK, SCOPE_PRIVATE, SCOPE_PUBLIC)");
    assertFails(
        () ->
            stub.streamExposure(StreamExposureRequest.newBuilder().setMinScopeValue(scope).build())
                .next(),
        Status.Code.INVALID_ARGUMENT,
        "min_scope: " + scope + " (expected: SCOPE_LOOPBACK, SCOPE_PRIVATE, SCOPE_PUBLIC)");
  }

  @Test
  void everyCallSaysThatTheWatchIsOff() throws Exception {
    Path other = Files.createDirectory(folder.resolve("off"));
    try (Daemon off = new Daemon(other, new WatchCalls(null, messages()));
        RawChannel channel = new RawChannel(off.socket())) {
      WatchServiceGrpc.WatchServiceBlockingStub calls =
          WatchServiceGrpc.newBlockingStub(channel.channel());
      List<ThrowingCallable> all =
          List.of(
              () -> calls.getExposure(GetExposureRequest.getDefaultInstance()),
              () -> calls.getConnections(GetConnectionsRequest.getDefaultInstance()),
              () -> calls.streamExposure(StreamExposureRequest.getDefaultInstance()).next());
      all.forEach(
          call ->
              assertFails(
                  call,
                  Status.Code.FAILED_PRECONDITION,
                  "the watch is switched off; add a [watch] section to the configuration"));
    }
  }

  @Test
  void countsConnections() {
    assertThat(stub.getConnections(GetConnectionsRequest.getDefaultInstance()))
        .isEqualTo(Connections.getDefaultInstance());
    watch.passOverConnections(
        new ConnectionCounts(
            Instant.ofEpochSecond(9),
            List.of(
                new ConnectionCounts.Row(
                    SocketState.TIME_WAIT,
                    dev.gatehouse.watch.exposure.Direction.INBOUND,
                    AddressScope.PUBLIC,
                    4)),
            Map.of(443, 3L, 22, 3L, 80, 9L),
            0));
    Connections connections = stub.getConnections(GetConnectionsRequest.getDefaultInstance());
    assertThat(connections.getTakenAt()).isEqualTo(TimeMessages.of(Instant.ofEpochSecond(9)));
    assertThat(connections.getRows(0).getState()).isEqualTo("TIME_WAIT");
    assertThat(connections.getRows(0).getDirection()).isEqualTo(Direction.DIRECTION_INBOUND);
    assertThat(connections.getRows(0).getRemoteScope()).isEqualTo(Scope.SCOPE_PUBLIC);
    assertThat(connections.getByPortList())
        .extracting(Connections.PortCount::getPort)
        .containsExactly(80, 22, 443);
  }

  @Test
  void streamsASnapshotAndThenEveryKindOfChange() {
    Iterator<ExposureEvent> events =
        stub.streamExposure(StreamExposureRequest.getDefaultInstance());
    ExposureEvent first = events.next();
    assertThat(first.getChange()).isEqualTo(Change.CHANGE_SNAPSHOT);
    assertThat(ports(first.getSnapshot())).containsExactly(22, 5432, 9090);
    watch.scan(
        Samples.snapshot(200),
        new Opened(Samples.NOON, PUBLIC),
        new Closed(Samples.NOON, PRIVATE),
        new OwnerChanged(Samples.NOON, PUBLIC, PRIVATE),
        new DriftBegan(Samples.NOON, Samples.missing()),
        new DriftResolved(Samples.NOON, Samples.unexpected(PUBLIC)),
        new Opened(Samples.NOON, ELSEWHERE),
        new Opened(Samples.NOON, LOCAL));
    assertThat(changes(events, 6))
        .containsExactly(
            Change.CHANGE_OPENED,
            Change.CHANGE_CLOSED,
            Change.CHANGE_OWNER_CHANGED,
            Change.CHANGE_DRIFT,
            Change.CHANGE_DRIFT_RESOLVED,
            Change.CHANGE_OPENED);
  }

  @Test
  void streamsOnlyDriftOfTheScopeWhenAsked() {
    watch.scan(Samples.snapshot(150, List.of(Samples.unexpected(PUBLIC)), PUBLIC, PRIVATE, LOCAL));
    Iterator<ExposureEvent> events =
        stub.streamExposure(
            StreamExposureRequest.newBuilder()
                .setDriftOnly(true)
                .setMinScope(Scope.SCOPE_PRIVATE)
                .build());
    assertThat(ports(events.next().getSnapshot())).containsExactly(22);
    watch.scan(
        Samples.snapshot(200),
        new Opened(Samples.NOON, PUBLIC),
        new DriftBegan(Samples.NOON, Samples.unexpected(LOCAL)),
        new DriftBegan(Samples.NOON, Samples.unexpected(PRIVATE)));
    assertThat(events.next().getDrift().getListener().getPort()).isEqualTo(5432);
  }

  @Test
  void refusesThe17thStreamUntilOneEnds() throws Exception {
    List<Context.CancellableContext> open = new ArrayList<>();
    for (int i = 0; i < OpenStreams.MAX; i++) {
      Context.CancellableContext context = Context.current().withCancellation();
      open.add(context);
      context.run(() -> stub.streamExposure(StreamExposureRequest.getDefaultInstance()).next());
    }
    assertFails(
        () -> stub.streamExposure(StreamExposureRequest.getDefaultInstance()).next(),
        Status.Code.RESOURCE_EXHAUSTED,
        "16 streams are open (expected: at most that many)");
    open.getFirst().cancel(null);
    Await.until("one has ended", () -> watch.subscribers() == OpenStreams.MAX - 1);
    Await.until("another one opens", this::aStreamOpens);
    open.forEach(context -> context.cancel(null));
    Await.until("all have ended", () -> watch.subscribers() <= 1);
  }

  @Test
  void aReaderTooFarBehindGetsAFreshSnapshot() throws Exception {
    SlowReader reader = new SlowReader();
    WatchServiceGrpc.newStub(raw.channel())
        .streamExposure(StreamExposureRequest.getDefaultInstance(), reader);
    assertThat(reader.next().getChange()).isEqualTo(Change.CHANGE_SNAPSHOT);
    int scans = 20_000;
    for (int scan = 1; scan <= scans; scan++) {
      watch.scan(
          Samples.snapshot(100 + scan, Samples.listener("0.0.0.0", scan)),
          new Opened(Samples.NOON, Samples.listener("0.0.0.0", scan)));
    }
    int read = 0;
    int snapshots = 0;
    int last = 0;
    while (last < scans) {
      ExposureEvent event = reader.next();
      read++;
      if (event.getChange() == Change.CHANGE_SNAPSHOT) {
        snapshots++;
        last = event.getSnapshot().getListeners(0).getPort();
      } else {
        assertThat(event.getListener().getPort()).isEqualTo(++last);
      }
    }
    assertThat(snapshots).isPositive();
    assertThat(read).isLessThan(scans - Backlog.MAX_EVENTS);
    reader.cancel();
    Await.until("it has ended", () -> watch.subscribers() == 0);
  }

  @Test
  void stoppingTheDaemonEndsTheStreamsAtOnce() throws Exception {
    Iterator<ExposureEvent> events =
        stub.streamExposure(StreamExposureRequest.getDefaultInstance());
    assertThat(events.next().getChange()).isEqualTo(Change.CHANGE_SNAPSHOT);
    daemon.close();
    assertFails(events::hasNext, Status.Code.UNAVAILABLE, "the daemon stops");
    assertThat(watch.subscribers()).isZero();
  }

  private boolean aStreamOpens() {
    try {
      stub.streamExposure(StreamExposureRequest.getDefaultInstance()).next();
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static ExposureMessages messages() {
    return new ExposureMessages(
        "edge-1",
        new Ticker() {
          @Override
          public long nanos() {
            return 5_000_000_100L;
          }

          @Override
          public Instant now() {
            return Samples.NOON;
          }
        });
  }

  private static List<Integer> ports(Exposure exposure) {
    return exposure.getListenersList().stream().map(listener -> listener.getPort()).toList();
  }

  private static List<Change> changes(Iterator<ExposureEvent> events, int count) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(events.next().getChange());
    }
    return changes;
  }

  private static void assertFails(ThrowingCallable call, Status.Code code, String description) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(failure.getStatus().getCode()).isEqualTo(code);
    assertThat(failure.getStatus().getDescription()).isEqualTo(description);
  }
}
