package dev.gatehouse.bench.l7;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The load generator of nghttp2, which asks one host for one path again and again until time is up.
 *
 * @param time of load
 * @param options how it connects and what it sends
 */
record H2Load(Duration time, String host, String path, List<String> options) {

  private static final long LONGEST_SECONDS = 5;

  H2Load with(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new H2Load(time, host, path, List.copyOf(all));
  }

  Report through(int port) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(port)).redirectErrorStream(true).start();
    try {
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      process.waitFor();
      return Report.parse(output);
    } finally {
      process.destroy();
    }
  }

  /** The name of the host is told by TLS, whose address is always this machine's. */
  List<String> command(int port) {
    List<String> command =
        new ArrayList<>(
            List.of("timeout", Long.toString(LONGEST_SECONDS + time.toSeconds()), "h2load"));
    command.addAll(options);
    command.add("--duration=" + time.toMillis() + "ms");
    command.add("--connect-to=127.0.0.1:" + port);
    command.add("https://" + host + path);
    return command;
  }
}
