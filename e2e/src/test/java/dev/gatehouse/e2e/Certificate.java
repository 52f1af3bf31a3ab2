package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate with its key, for backends whose clients trust anybody.
 *
 * @param folder where both are
 */
public record Certificate(Path folder) {

  public static Certificate create(Path folder) {
    Certificate made = new Certificate(folder);
    Program.Ended ended = Program.run(Program.here(folder), made.command());
    assertThat(ended.code()).as(ended.errors()).isZero();
    return made;
  }

  public Path chain() {
    return folder.resolve("chain.pem");
  }

  public Path key() {
    return folder.resolve("key.pem");
  }

  /** Both in one file, as HAProxy wants them. */
  public Path bundle() throws IOException {
    String both = Files.readString(chain()) + Files.readString(key());
    return Files.writeString(folder.resolve("bundle.pem"), both);
  }

  private List<String> command() {
    return List.of(
        Peer.require("openssl", "openssl"),
        "req",
        "-x509",
        "-nodes",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-subj",
        "/CN=example.org",
        "-addext",
        "subjectAltName=DNS:*.example.org,IP:127.0.0.1",
        "-out",
        chain().toString(),
        "-keyout",
        key().toString());
  }
}
