package dev.gatehouse.e2e.tracker;

import dev.gatehouse.e2e.Peer;
import dev.gatehouse.e2e.Program;
import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** An opentracker as Debian builds it: IPv4 alone, and only torrents of its list. */
final class Opentracker implements AutoCloseable {

  static final int PORT = 6968;

  private final Path folder;
  private final Program program;

  private Opentracker(Path folder, Program program) {
    this.folder = folder;
    this.program = program;
  }

  static Opentracker start(TrackerHost host, List<String> hashes) throws Exception {
    // not where the test has its files: it gives up its rights before it reads
    Path folder =
        Files.createTempDirectory(
            "opentracker",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Path list = Files.write(folder.resolve("hashes"), hashes);
    Path file =
        Files.writeString(
            folder.resolve("opentracker.conf"),
            """
            listen.tcp_udp 127.0.0.1:%d
            tracker.user _opentracker
            access.whitelist %s
            """
                .formatted(PORT, list));
    Program program =
        host.namespace()
            .start(
                Program.here(folder),
                List.of(Peer.require("opentracker", "opentracker"), "-f", file.toString()));
    Await.until("opentracker listens", () -> host.namespace().isListening(PORT));
    return new Opentracker(folder, program);
  }

  @Override
  public void close() throws IOException {
    program.close();
    for (String name : List.of("hashes", "opentracker.conf")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }
}
