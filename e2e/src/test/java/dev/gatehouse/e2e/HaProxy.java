package dev.gatehouse.e2e;

import dev.gatehouse.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An HAProxy in front of Gatehouse or behind it. */
public final class HaProxy implements AutoCloseable {

  private static final String FRAME =
      """
      global
        log stdout format raw local0
      defaults
        mode tcp
        log global
        timeout connect 5s
        timeout client 30s
        timeout server 30s
      """;

  private final Program program;

  private HaProxy(Program program) {
    this.program = program;
  }

  /** Starts one with these sections and waits until it listens on that port. */
  public static HaProxy start(Namespace host, Path folder, int port, String sections)
      throws Exception {
    Path file =
        Files.writeString(Files.createTempFile(folder, "haproxy", ".cfg"), FRAME + sections);
    List<String> command =
        List.of(Peer.require("haproxy", "haproxy"), "-db", "-f", file.toString());
    HaProxy haProxy = new HaProxy(host.start(Program.here(folder), command));
    Await.until("haproxy listens", () -> host.isListening(port));
    return haProxy;
  }

  public void awaitLog(String text) {
    program.awaitOutput(text);
  }

  @Override
  public void close() {
    program.close();
  }
}
