package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients of either protocol and backends of every protocol say to each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpBackendsTest {

  private static final int LARGE = 50_000_000;
  private static final List<String> CLIENTS = List.of("--http1.1", "--http2");
  private static final List<String> BACKENDS = List.of("h1", "h1s", "h2c", "h2");

  @TempDir private static Path folder;
  private Scene scene;
  private Namespace host;
  private Insiders inside;
  private Path large;
  private String digest;

  @BeforeAll
  void openTheDoor() throws Exception {
    scene = Scene.create(folder);
    host = scene.host();
    inside = Insiders.of(host, 1);
    large = folder.resolve("large");
    byte[] bytes = new byte[LARGE];
    new Random(1).nextBytes(bytes);
    Files.write(large, bytes);
    digest = sha256(bytes);
    scene.nginx(Nginx.page("127.0.0.1:9101", "plain"), Nginx.page("127.0.0.1:9102 ssl", "secret"));
    scene.httpBackend("h1:9103", "h1s:9104", "h2c:9105", "h2:9106");
    String[] tls = L7Routes.verified(scene.certificate().chain());
    scene.gatehouse(
        L7Routes.of(scene.certificate(), "access_log = \"errors\"")
            .to("nginx", "127.0.0.1:9101")
            .to("nginx-tls", "127.0.0.1:9102", tls)
            .to("h1", "127.0.0.1:9103", "backend_protocol = \"h1\"")
            .to("h1s", "127.0.0.1:9104", with(tls, "backend_protocol = \"h1\""))
            .to("h2c", "127.0.0.1:9105", "backend_protocol = \"h2c\"")
            .to("h2", "127.0.0.1:9106", with(tls, "backend_protocol = \"h2\""))
            .to("auto-h1", "127.0.0.1:9103")
            .to("auto-h1s", "127.0.0.1:9104", tls)
            .to("auto-h2c", "127.0.0.1:9105")
            .to("auto-h2", "127.0.0.1:9106", tls)
            .file());
  }

  @AfterAll
  void closeTheDoor() {
    inside.close();
    scene.close();
  }

  static List<List<String>> pairings() {
    List<List<String>> all = new ArrayList<>();
    for (String client : CLIENTS) {
      for (String backend : BACKENDS) {
        all.add(List.of(client, backend));
      }
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, by HTTP/1.1",
    "nginx-tls, by HTTP/1.1",
    "h1, by HTTP/1.1",
    "h1s, by HTTP/1.1",
    "h2c, by HTTP/2.0",
    "h2, by HTTP/2.0",
    "auto-h1, by HTTP/1.1",
    "auto-h1s, by HTTP/1.1",
    "auto-h2c, by HTTP/2.0",
    "auto-h2, by HTTP/2.0",
  })
  void everyBackendIsSpokenToAsItWants(String name, String spoken) {
    for (String client : CLIENTS) {
      assertThat(fetch(name, "/", client).output()).as(client).contains(spoken);
    }
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void fiftyMegabytesArriveAsTheyWereSentBothWays(List<String> pairing) throws Exception {
    String client = pairing.getFirst();
    String name = pairing.getLast();
    Program.Ended up = fetch(name, "/digest", client, "-T", large.toString());
    assertThat(up.output()).isEqualTo(digest);
    Path got = folder.resolve("got");
    String path = client.equals("--http2") ? "/file/large?length" : "/file/large";
    fetch(name, path, client, "-o", got.toString());
    assertThat(sha256(Files.readAllBytes(got))).isEqualTo(digest);
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void whatHasNoLengthGoesUpInChunks(List<String> pairing) throws IOException {
    Path small = Files.writeString(folder.resolve("small"), "no length");
    Program.Ended up =
        fetch(
            pairing.getLast(),
            "/digest",
            pairing.getFirst(),
            "-H",
            "Content-Length:",
            "-H",
            "Transfer-Encoding: chunked",
            "-T",
            small.toString());
    assertThat(up.output()).isEqualTo(sha256("no length".getBytes(US_ASCII)));
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void aTrailerComesBehindTheBody(List<String> pairing) {
    Program.Ended curl = fetch(pairing.getLast(), "/trailers", pairing.getFirst(), "-i");
    assertThat(curl.output()).containsPattern("(?s)\r\n\r\nbody.*x-sum: 42").doesNotContain("502");
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void earlyHintsComeBeforeTheResponse(List<String> pairing) {
    Program.Ended curl = fetch(pairing.getLast(), "/hints", pairing.getFirst(), "-i");
    assertThat(curl.output())
        .containsPattern("(?si)^HTTP/[0-9.]+ 103.*link: </style.css>.*HTTP/[0-9.]+ 200.*hinted$");
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void theHeadOfAFileTellsItsLengthAndHasNoBody(List<String> pairing) {
    Program.Ended curl =
        fetch(
            pairing.getLast(),
            "/file/large?length",
            pairing.getFirst(),
            "-I",
            "-w",
            "%{size_download}");
    assertThat(curl.output())
        .containsPattern("(?i)\ncontent-length: " + LARGE + "\r\n")
        .endsWith("\r\n\r\n0");
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void whoAsksFirstIsToldToGoOn(List<String> pairing) throws IOException {
    Path small = Files.writeString(folder.resolve("asked"), "asked first");
    Program.Ended curl =
        fetch(
            pairing.getLast(),
            "/digest",
            pairing.getFirst(),
            "-i",
            "-H",
            "Expect: 100-continue",
            "--expect100-timeout",
            "15",
            "-m",
            "10",
            "-T",
            small.toString());
    assertThat(curl.output())
        .containsPattern("(?s)^HTTP/[0-9.]+ 100.*\r\n\r\nHTTP/[0-9.]+ 200")
        .endsWith(sha256("asked first".getBytes(US_ASCII)));
  }

  @ParameterizedTest
  @CsvSource({"h1", "h1s", "h2c", "h2"})
  void aTrailerOfARequestArrivesBehindItsBody(String name) throws Exception {
    try (TlsClient client =
        TlsClient.connect(
            inside, scene.certificate().chain(), name + ".example.org", L7Routes.PORT)) {
      client.send(
          "POST /digest HTTP/1.1\r\nHost: %s.example.org:8443\r\nConnection: close\r\n"
                  .formatted(name)
              + "Trailer: x-sum\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "4\r\nbody\r\n0\r\nX-Sum: 7\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 200").contains("\r\nx-trailer-seen: 7\r\n");
    }
  }

  @ParameterizedTest
  @MethodSource("pairings")
  void aBodyThatBreaksOffIsSeenToBreakOff(List<String> pairing) {
    for (String path : List.of("/half?length", "/half")) {
      Program.Ended curl =
          host.run(
              Curl.command(
                  pairing.getLast() + ".example.org", L7Routes.DOOR, path, pairing.getFirst()));
      assertThat(curl.output()).hasSize(1000);
      assertThat(curl.code())
          .as(curl.errors())
          .isIn(pairing.getFirst().equals("--http2") ? 92 : 18, 56);
    }
  }

  private Program.Ended fetch(String name, String path, String... options) {
    Program.Ended curl =
        host.run(Curl.command(name + ".example.org", L7Routes.DOOR, path, options));
    assertThat(curl.code()).as("%s%s: %s", name, path, curl.errors()).isZero();
    return curl;
  }

  private static String[] with(String[] settings, String another) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add(another);
    return all.toArray(String[]::new);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
