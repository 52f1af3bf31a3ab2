package dev.gatehouse.control.daemon;

import dev.gatehouse.control.Daemon;
import dev.gatehouse.control.FakeProxyView;
import dev.gatehouse.control.FakeServerView;
import dev.gatehouse.control.RawChannel;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.proxy.ProxyView;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.v1.DaemonServiceGrpc;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The calls of a daemon over a real socket, with fakes behind. */
final class RunningDaemonCalls implements AutoCloseable {

  final ManualTicker ticker = new ManualTicker();
  final EventCounters counters = new EventCounters();
  final FakeProxyView proxy = new FakeProxyView();
  final FakeAdmin admin = new FakeAdmin();
  final Daemon daemon;
  final DaemonServiceGrpc.DaemonServiceBlockingStub stub;
  private final RawChannel raw;

  RunningDaemonCalls(Path folder) throws IOException {
    this(folder, true);
  }

  RunningDaemonCalls(Path folder, boolean proxyOn) throws IOException {
    @Nullable ProxyView view = proxyOn ? proxy : null;
    StatusMessages status = new StatusMessages(new FakeServerView(), view, counters);
    daemon = new Daemon(folder, new DaemonCalls(status, admin, new Audit(), ticker));
    raw = new RawChannel(daemon.socket());
    stub = DaemonServiceGrpc.newBlockingStub(raw.channel());
  }

  RawChannel raw() {
    return raw;
  }

  @Override
  public void close() throws IOException {
    raw.close();
    daemon.close();
  }
}
