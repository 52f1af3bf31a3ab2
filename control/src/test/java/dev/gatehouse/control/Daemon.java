package dev.gatehouse.control;

import dev.gatehouse.kernel.metric.EventCounters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running control server for a test. */
public final class Daemon implements AutoCloseable {

  private final EventCounters counters = new EventCounters();
  private final Path socket;
  private final ControlServer server;

  public Daemon(Path folder, ControlCalls... calls) throws IOException {
    this(folder, Duration.ofSeconds(30), calls);
  }

  Daemon(Path folder, Duration callTime, ControlCalls... calls) throws IOException {
    socket = folder.resolve("control.sock");
    server = new ControlServer(Sockets.settings(socket), List.of(calls), counters, callTime);
    server.start();
  }

  public Path socket() {
    return socket;
  }

  EventCounters counters() {
    return counters;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
