package dev.gatehouse.e2e.relay;

import dev.gatehouse.e2e.Daemon;
import dev.gatehouse.e2e.Insiders;
import dev.gatehouse.e2e.Scene;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host of a test's own with a relay on it, behind a front door that speaks TLS too. */
public final class RelayHost implements AutoCloseable {

  /** Where the relay listens, on every address. */
  public static final int PORT = 8080;

  /** Where the front door listens, on every address. */
  private static final int DOOR = 8443;

  private static final String NAME = "relay.example.org";

  private final Scene scene;
  private final Insiders inside;
  private final Daemon daemon;

  /** How a peer comes in: the URL that it is given, and the name that it asks for. */
  record Way(String base, String host) {

    static final List<Way> ALL =
        List.of(
            new Way("ws://127.0.0.1:" + PORT, "127.0.0.1:" + PORT),
            new Way("ws://[::1]:" + PORT, "[::1]:" + PORT),
            new Way("wss://127.0.0.1:" + DOOR, NAME + ":" + DOOR),
            new Way("wss://[::1]:" + DOOR, NAME + ":" + DOOR));

    static final Way PLAIN = ALL.getFirst();
    static final Way TLS_BY_IPV6 = ALL.getLast();

    /** The same as it is given to the scripts. */
    static String[] arguments(List<Way> ways, String... first) {
      List<String> arguments = new ArrayList<>(List.of(first));
      ways.forEach(way -> arguments.addAll(List.of(way.base, way.host)));
      return arguments.toArray(String[]::new);
    }
  }

  /**
   * Starts one that tells all that it would ever tell.
   *
   * @param settings below {@code [relay]}
   */
  public RelayHost(Path folder, String... settings) {
    scene = Scene.create(folder);
    inside = Insiders.of(scene.host(), 2);
    daemon = scene.gatehouse(plain(settings) + door());
  }

  /** A relay without TLS, on every address of the host. */
  static String plain(String... settings) {
    return """
    [ops]
    [ops.log]
    level = "debug"
    [relay]
    insecure_listen = ":%d"
    %s
    """
        .formatted(PORT, String.join("\n", settings));
  }

  private String door() {
    return """
    [proxy]
    [[proxy.listeners]]
    addr = ":%d"
    routes = [
      { hostname = "%s", mode = "l7", backend = "127.0.0.1:%d", tls_cert = "%s", tls_key = "%s" },
    ]
    """
        .formatted(DOOR, NAME, PORT, scene.certificate().chain(), scene.certificate().key());
  }

  Scene scene() {
    return scene;
  }

  public Daemon daemon() {
    return daemon;
  }

  /** A connection to the relay itself that has not said a word yet. */
  public Socket connect() throws Exception {
    Socket socket = inside.call(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), PORT));
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public void close() {
    inside.close();
    scene.close();
  }
}
