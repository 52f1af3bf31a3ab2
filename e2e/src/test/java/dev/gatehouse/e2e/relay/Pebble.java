package dev.gatehouse.e2e.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Certificate;
import dev.gatehouse.e2e.Namespace;
import dev.gatehouse.e2e.Peer;
import dev.gatehouse.e2e.Program;
import dev.gatehouse.testkit.Await;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Pebble, the authority with which the people of Let's Encrypt test clients of ACME (RFC 8555): it
 * looks for every proof, and refuses one nonce in twenty. All names lead to this host.
 */
final class Pebble implements AutoCloseable {

  /** Where it says what it offers. */
  static final String DIRECTORY = "https://127.0.0.1:14000/dir";

  private static final int PORT = 14_000;
  private static final int NAMES = 8053;
  private static final String PASSWORD = "changeit";

  private final Namespace host;
  private final Path folder;
  private final Certificate certificate;
  private final Program names;
  private final Program program;

  /**
   * Starts one and waits until it listens.
   *
   * @param tlsPort where it looks for tls-alpn-01
   * @param httpPort where it looks for http-01
   */
  Pebble(Namespace host, Path folder, int tlsPort, int httpPort) throws Exception {
    this.host = host;
    this.folder = Files.createDirectories(folder.resolve("pebble"));
    certificate = Certificate.create(this.folder);
    Path file =
        Files.writeString(this.folder.resolve("config.json"), configuration(tlsPort, httpPort));
    names = host.start(Program.here(this.folder), names());
    program =
        host.start(
            Program.here(this.folder).with("PEBBLE_VA_NOSLEEP", "1"),
            List.of(
                Peer.require("pebble", "pebble"),
                "-strict",
                "-config",
                file.toString(),
                "-dnsserver",
                "127.0.0.1:" + NAMES));
    Await.until("pebble listens", () -> host.isListening(PORT));
  }

  private static List<String> names() {
    return List.of(
        Peer.require("pebble-challtestsrv", "pebble"),
        "-defaultIPv4=127.0.0.1",
        "-defaultIPv6=",
        "-http01=",
        "-https01=",
        "-tlsalpn01=",
        "-dns01=127.0.0.1:" + NAMES,
        "-management=127.0.0.1:8055");
  }

  private String configuration(int tlsPort, int httpPort) {
    return """
    {"pebble": {
      "listenAddress": "127.0.0.1:%d",
      "managementListenAddress": "127.0.0.1:15000",
      "certificate": "%s",
      "privateKey": "%s",
      "httpPort": %d,
      "tlsPort": %d
    }}
    """
        .formatted(PORT, certificate.chain(), certificate.key(), httpPort, tlsPort);
  }

  /** Options with which a JVM trusts it as a server; not what it issues. */
  String trust() throws Exception {
    Path file = folder.resolve("trust.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate.chain())) {
      store.setCertificateEntry(
          "pebble", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return "-Djavax.net.ssl.trustStore=" + file + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
  }

  /** The root of what it issues, in a file. */
  Path root() {
    Path file = folder.resolve("root.pem");
    String _ =
        ask(host, certificate.chain(), "-o", file.toString(), "https://127.0.0.1:15000/roots/0");
    return file;
  }

  /** What a client is told that trusts nobody but that authority. */
  static String ask(Namespace host, Path trusted, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Peer.require("curl", "curl"), "-sS"));
    command.addAll(List.of("--cacert", trusted.toString()));
    command.addAll(List.of(arguments));
    Program.Ended ended = host.run(command);
    assertThat(ended.code()).as(ended.errors()).isZero();
    return ended.output();
  }

  @Override
  public void close() {
    program.close();
    names.close();
  }
}
