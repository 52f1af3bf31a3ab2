package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.app.boot.BootReport;
import dev.gatehouse.config.ConfigResult;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.control.ServerView;
import dev.gatehouse.kernel.lifecycle.LifeCycleException;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.listen.ListenException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole daemon inside this JVM, started and stopped in an empty folder. */
class GatehouseTest {

  @TempDir private Path folder;

  @Test
  void startsServesAndLeavesNothingBehind() throws Exception {
    int port = freePort();
    Gatehouse gatehouse = gatehouse(configuration(port));
    assertThat(states(gatehouse)).containsOnly(ServiceState.STARTING);
    gatehouse.start();
    try {
      assertThat(states(gatehouse)).containsOnly(ServiceState.SERVING);
      assertThat(gatehouse.listeners())
          .extracting(ServerView.Listening::address)
          .contains("127.0.0.1:" + port, folder.resolve("control.sock").toString());
    } finally {
      gatehouse.close();
    }
    assertThat(states(gatehouse)).containsOnly(ServiceState.DRAINING);
    assertThat(folder.resolve("control.sock")).doesNotExist();
    try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(again.isBound()).isTrue();
    }
  }

  @Test
  void aPortInUseTakesEverythingDownAgain() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Gatehouse gatehouse = gatehouse(configuration(taken.getLocalPort()));
      assertThatExceptionOfType(LifeCycleException.class)
          .isThrownBy(gatehouse::start)
          .withCauseInstanceOf(ListenException.class);
    }
    assertThat(folder.resolve("control.sock")).doesNotExist();
  }

  private static List<ServiceState> states(Gatehouse gatehouse) {
    return gatehouse.services().stream().map(ServerView.Service::state).toList();
  }

  private static Gatehouse gatehouse(GatehouseConfig config) {
    return new Gatehouse(config, new BootReport(List.of()), Ticker.system());
  }

  private GatehouseConfig configuration(int port) throws IOException {
    String toml =
        """
        [ops]
        listen = "127.0.0.1:%d"
        state = "%s"
        [watch]
        """
            .formatted(port, folder);
    Files.createDirectories(folder);
    return switch (ConfigFile.configuration().read(ConfigSource.text("gatehouse.toml", toml))) {
      case ConfigResult.Loaded<GatehouseConfig> loaded -> loaded.value();
      case ConfigResult.Refused<GatehouseConfig> refused ->
          throw new AssertionError(refused.problems());
    };
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }
}
