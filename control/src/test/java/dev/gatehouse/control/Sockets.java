package dev.gatehouse.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** Unix sockets of others, alive and dead, and settings for our own. */
final class Sockets {

  private Sockets() {}

  static ControlSettings settings(Path socket) {
    return new ControlSettings(socket, ControlMode.OWNER, "", Duration.ofSeconds(5));
  }

  static ServerSocketChannel listen(Path path) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return server;
  }

  /** A socket file whose process has gone. */
  static void leaveStale(Path path) throws IOException {
    listen(path).close();
  }
}
