package dev.gatehouse.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of commands with a daemon, which they find by the variable. */
public abstract class DaemonTest {

  @TempDir private Path folder;
  private FakeDaemon daemon;
  private Screen screen;

  @BeforeEach
  final void startDaemon() throws IOException {
    daemon = new FakeDaemon(socket());
    screen = Screen.pipe(environment());
  }

  @AfterEach
  final void stopDaemon() {
    daemon.close();
  }

  /** Runs a command whose words are divided by blanks. */
  protected final int run(String line) {
    return screen.run(line.split(" ", -1));
  }

  protected final FakeDaemon daemon() {
    return daemon;
  }

  protected final Screen screen() {
    return screen;
  }

  protected final Path folder() {
    return folder;
  }

  protected final Path socket() {
    return folder.resolve("control.sock");
  }

  protected final Map<String, String> environment() {
    return Map.of("GATEHOUSE_SOCKET", socket().toString());
  }
}
