package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every command that needs a daemon, where there is none. */
class NoDaemonTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "exposure,''",
    "status,''",
    "top,''",
    "listeners list,''",
    "listeners limit,5",
    "routes list,''",
    "routes add,a.example 10.0.0.5:443",
    "routes remove,a.example",
    "policies list,a.example",
    "policies add,a.example require_header X",
    "policies remove,a.example require_header X",
    "firewall list,''",
    "firewall add,ip 192.0.2.7",
    "firewall remove,ip 192.0.2.7",
    "firewall explain,192.0.2.7",
    "config diff,''",
    "config apply,''",
    "config export,''",
    "reload,''",
    "drain,''",
    "snapshot,/backup.db",
    "log-level,debug"
  })
  void saysWhichPathWasTriedAndWhatToDo(String command, String arguments) {
    Path socket = folder.resolve("absent.sock");
    String call = (command + " " + arguments).strip();
    String expected =
        "%s: no daemon at %s (no such file); start it with 'gatehouse run'"
            .formatted(command, socket);
    Screen byVariable = Screen.withEnvironment(Map.of("GATEHOUSE_SOCKET", socket.toString()));
    assertThat(byVariable.run(call.split(" ", -1))).isEqualTo(Cli.FAILED);
    assertThat(byVariable.err()).startsWith(expected);
    Screen byOption = Screen.pipe();
    String options = " --output json --socket " + socket;
    assertThat(byOption.run((call + options).split(" ", -1))).isEqualTo(Cli.FAILED);
    assertThat(byOption.err()).startsWith(expected);
    assertThat(byOption.out()).isEmpty();
  }
}
