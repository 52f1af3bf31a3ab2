package dev.gatehouse.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A host with a daemon as its front door and servers behind it, for tests that look at the daemon
 * from outside; one for each test, gone with it.
 */
final class Host implements AutoCloseable {

  static final int PORT = 443;

  /** Where nobody listens. */
  private static final int NOBODY = 8009;

  private final Namespace namespace;
  private final Insiders inside;
  private final List<BackendServer> servers = new ArrayList<>();
  private final Daemon daemon;
  private final BackendServer echo;
  private final BackendServer flood;

  /**
   * Starts one.
   *
   * @param changer a command that changes what the daemon is started with
   * @param configuration all of it but {@link #routes}
   */
  Host(Path folder, List<String> changer, String configuration) throws Exception {
    namespace = Namespace.create(folder);
    inside = Insiders.of(namespace, 8);
    echo = serve(8001, BackendServer::echo);
    serve(8002, BackendServer::reset);
    flood = serve(8003, BackendServer::flood);
    daemon = Daemon.startAs(changer, namespace, folder, configuration);
  }

  Host(Path folder, String configuration) throws Exception {
    this(folder, List.of(), configuration);
  }

  /** A listener's routes: each kind of server has a name, and one name leads nowhere. */
  static String routes() {
    return """
    routes = [
      { hostname = "echo.example", backend = "127.0.0.1:8001" },
      { hostname = "reset.example", backend = "127.0.0.1:8002" },
      { hostname = "flood.example", backend = "127.0.0.1:8003" },
      { hostname = "nobody.example", backend = "127.0.0.1:%d" },
    ]
    """
        .formatted(NOBODY);
  }

  Daemon daemon() {
    return daemon;
  }

  ProcessFigures figures() {
    return ProcessFigures.of(daemon);
  }

  Metrics metrics() {
    return Metrics.of(daemon);
  }

  Insiders inside() {
    return inside;
  }

  BackendServer echo() {
    return echo;
  }

  BackendServer flood() {
    return flood;
  }

  /** A client that has said nothing yet. */
  Client connect(String from) throws Exception {
    return Client.connect(inside, from, PORT);
  }

  /** A client whose hello came back from the server that it asked for. */
  Client echoed(String from) throws Exception {
    Client client = connect(from);
    byte[] hello = HelloBytes.named("echo.example");
    client.send(hello).read(hello.length);
    return client;
  }

  /** Whether a client from there comes through to the server and back. */
  boolean isServed(String from) throws Exception {
    try (Client client = connect(from)) {
      byte[] hello = HelloBytes.named("echo.example");
      return client.send(hello).finish().end().received().length == hello.length;
    }
  }

  /** Runs a command on the host. */
  Program.Ended run(List<String> command) {
    return namespace.run(command);
  }

  private BackendServer serve(int port, BackendServer.Service service) throws Exception {
    BackendServer server = BackendServer.start(inside, port, service);
    servers.add(server);
    return server;
  }

  @Override
  public void close() throws IOException {
    daemon.close();
    for (BackendServer server : servers) {
      server.close();
    }
    inside.close();
    namespace.close();
  }
}
