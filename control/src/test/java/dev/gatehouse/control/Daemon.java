package dev.gatehouse.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A running control server for a test. */
public final class Daemon implements AutoCloseable {

  private final Path socket;
  private final ControlServer server;

  public Daemon(Path folder, ControlCalls... calls) throws IOException {
    socket = folder.resolve("control.sock");
    server = new ControlServer(Sockets.settings(socket), List.of(calls));
    server.start();
  }

  public Path socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
