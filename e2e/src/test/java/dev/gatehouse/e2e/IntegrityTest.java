package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large file arrives as it was sent, in both directions, whichever way its bytes are moved. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntegrityTest {

  private static final String NAME = "files.example.org";
  private static final String DOOR = "127.0.0.1:8443";
  private static final int BLOCK = 1 << 20;
  private static final int BLOCKS = 200;
  private static final long SEED = 2208;

  @TempDir private static Path folder;
  private String digest = "";
  private Path file = folder;
  private Scene scene;
  private Namespace host;

  @BeforeAll
  void createFile() throws IOException, NoSuchAlgorithmException {
    scene = Scene.create(folder);
    host = scene.host();
    file = folder.resolve("large");
    digest = write(file);
    scene.nginx(Nginx.files("127.0.0.1:9441 ssl", folder));
  }

  @AfterAll
  void closeNginx() {
    scene.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"relay = \"auto\"", "relay = \"copy\"", "relay = \"splice\"\nsplice_after = 0"})
  void aLargeFileArrivesUnchangedBothWays(String relay) throws Exception {
    try (Daemon gatehouse = scene.gatehouse(configuration(relay))) {
      Path down = folder.resolve("down");
      curl("/large", "-o", down.toString());
      assertThat(sha256(down)).isEqualTo(digest);
      curl("/up", "-T", file.toString());
      assertThat(sha256(folder.resolve("up"))).isEqualTo(digest);
      awaitCounted(gatehouse, "from_client");
      awaitCounted(gatehouse, "from_backend");
      assertThat(gatehouse.metric("gatehouse_proxy_splice_fallbacks_total{reason=\"transport\"}"))
          .isZero();
    } finally {
      Files.deleteIfExists(folder.resolve("up"));
      Files.deleteIfExists(folder.resolve("down"));
    }
  }

  private void curl(String path, String... options) {
    Program.Ended curl = host.run(Curl.command(NAME, DOOR, path, options));
    assertThat(curl.code()).as(curl.errors()).isZero();
  }

  private String sha256(Path file) {
    Program.Ended sum = host.run(List.of("sha256sum", file.toString()));
    return sum.output().substring(0, sum.output().indexOf(' '));
  }

  private static void awaitCounted(Daemon gatehouse, String direction) throws Exception {
    String series =
        "gatehouse_proxy_bytes_total{direction=\"%s\",listener=\"%s\",route=\"%s\"}"
            .formatted(direction, DOOR, NAME);
    Await.until(direction, () -> gatehouse.metric(series) > (double) BLOCK * BLOCKS);
  }

  private static String configuration(String relay) {
    return """
    [ops]
    [proxy]
    %s
    [[proxy.listeners]]
    addr = "127.0.0.1:8443"
    routes = [ { hostname = "files.example.org", backend = "127.0.0.1:9441" } ]
    """
        .formatted(relay);
  }

  private static String write(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    Random random = new Random(SEED);
    byte[] block = new byte[BLOCK];
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
      for (int i = 0; i < BLOCKS; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
