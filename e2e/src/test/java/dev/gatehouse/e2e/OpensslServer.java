package dev.gatehouse.e2e;

import java.nio.file.Path;
import java.util.List;

/** An {@code openssl s_server} as a backend; its page begins with its own command line. */
final class OpensslServer implements AutoCloseable {

  private final Program program;

  private OpensslServer(Program program) {
    this.program = program;
  }

  static OpensslServer start(Namespace host, Path folder, Certificate certificate, String address) {
    Program program =
        host.start(
            Program.here(folder),
            List.of(
                Peer.require("openssl", "openssl"),
                "s_server",
                "-www",
                "-accept",
                address,
                "-cert",
                certificate.chain().toString(),
                "-key",
                certificate.key().toString()));
    program.awaitOutput("ACCEPT");
    return new OpensslServer(program);
  }

  @Override
  public void close() {
    program.close();
  }
}
