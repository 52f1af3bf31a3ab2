package dev.gatehouse.control.proxy;

import dev.gatehouse.control.Daemon;
import dev.gatehouse.control.FakeEditor;
import dev.gatehouse.control.FakeProxyView;
import dev.gatehouse.control.RawChannel;
import dev.gatehouse.control.Rules;
import dev.gatehouse.control.call.Audit;
import dev.gatehouse.proxy.config.ListenerConfig;
import dev.gatehouse.v1.L7Policy;
import dev.gatehouse.v1.ListL7PoliciesRequest;
import dev.gatehouse.v1.ProxyServiceGrpc;
import dev.gatehouse.v1.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The calls of a proxy over a real socket, with fakes behind. */
final class RunningProxyCalls implements AutoCloseable {

  final ListenerConfig main =
      new ListenerConfig(
          Rules.endpoint(":443"),
          Rules.listener(":443").guard(),
          List.of(
              Rules.l4("git.example.org", "10.0.0.5:443"),
              Rules.l4("*.example.org", "10.0.0.6:443")),
          Optional.of(Rules.name("*.example.org")),
          Optional.empty());
  final ListenerConfig other =
      Rules.listener("10.0.0.1:443", Rules.l4("mail.example.org", "10.0.0.7:443"));
  final FakeEditor editor = new FakeEditor(Rules.ruleset(main, other));
  final FakeProxyView proxy = new FakeProxyView();
  final ProxyServiceGrpc.ProxyServiceBlockingStub stub;
  private final Daemon daemon;
  private final RawChannel raw;

  RunningProxyCalls(Path folder) throws IOException {
    daemon = new Daemon(folder, new ProxyCalls(editor, proxy, new Audit()));
    raw = new RawChannel(daemon.socket());
    stub = ProxyServiceGrpc.newBlockingStub(raw.channel());
  }

  List<Route> listed(String listener) {
    return stub.listRoutes(Messages.listRoutes(listener)).getRoutesList();
  }

  List<L7Policy> policies(String listener, String hostname) {
    return stub.listL7Policies(
            ListL7PoliciesRequest.newBuilder()
                .setListenerAddr(listener)
                .setHostname(hostname)
                .build())
        .getPoliciesList();
  }

  @Override
  public void close() throws IOException {
    raw.close();
    daemon.close();
  }
}
