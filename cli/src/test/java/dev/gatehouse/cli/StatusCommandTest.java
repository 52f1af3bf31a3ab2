package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {

  @TempDir private Path folder;

  @Test
  void showsServicesAndListeners() throws IOException {
    assertThat(status(Screen.pipe()))
        .isEqualTo(
            """
            gatehouse 1.2.3 · up 1d 2h

            SERVICE  STATE     WAITING FOR
            ops      serving   -
            watch    starting  the first scan, a clock
            relay    failed    -

            LISTENER  PROTO  ADDRESS
            ops       tcp    127.0.0.1:9090
            """);
  }

  @Test
  void coloursWhatNeedsALook() throws IOException {
    assertThat(status(Screen.terminal(80)))
        .contains("\u001b[33mwatch", "\u001b[31mrelay", "\nops      serving");
  }

  @Test
  void writesJson() throws IOException {
    assertThat(status(Screen.pipe(), "--json"))
        .isEqualTo(
            """
            {"version":1,"gatehouse":"1.2.3","uptime_seconds":93784,\
            "services":[{"name":"ops","state":"serving","waiting_for":[]},\
            {"name":"watch","state":"starting","waiting_for":["the first scan","a clock"]},\
            {"name":"relay","state":"failed","waiting_for":[]}],\
            "listeners":[{"service":"ops","proto":"tcp","address":"127.0.0.1:9090"}]}
            """);
  }

  @Test
  void findsTheDaemonByTheVariableOfTheConfiguration() throws IOException {
    Path socket = folder.resolve("control.sock");
    Screen screen = Screen.withEnvironment(Map.of(DaemonOption.VARIABLE, socket.toString()));
    try (FakeDaemon _ = new FakeDaemon(socket)) {
      assertThat(screen.run("status")).isEqualTo(Cli.OK);
    }
    assertThat(screen.out()).contains("gatehouse 1.2.3");
  }

  @Test
  void looksInThisFolderFirstAndThenWhereTheSystemKeepsIt() throws IOException {
    Path system = folder.resolve("system.sock");
    DaemonOption option = new DaemonOption();
    Path here = Path.of("gatehouse-data", "control.sock");
    assertThat(option.path(Map.of(), system)).isEqualTo(here);
    Files.createFile(system);
    assertThat(option.path(Map.of(), system)).isEqualTo(system);
    assertThat(option.path(Map.of(DaemonOption.VARIABLE, "a"), system)).isEqualTo(Path.of("a"));
  }

  private String status(Screen screen, String... options) throws IOException {
    Path socket = folder.resolve("control.sock");
    String[] arguments = new String[options.length + 3];
    arguments[0] = "status";
    arguments[1] = "--socket";
    arguments[2] = socket.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    try (FakeDaemon _ = new FakeDaemon(socket)) {
      assertThat(screen.run(arguments)).isEqualTo(Cli.OK);
    }
    return screen.out();
  }
}
