package dev.gatehouse.e2e.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.e2e.L7Host;
import dev.gatehouse.e2e.http1.Http1Case.Heard;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client that judges is itself tried on a server that many people use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class Http1ClientTest {

  private static final String GET = "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n";

  @TempDir private static Path folder;
  private L7Host nginx;

  @BeforeAll
  void start() throws Exception {
    nginx = L7Host.withNginx(folder);
  }

  @AfterAll
  void stop() throws Exception {
    nginx.close();
  }

  @Test
  void responsesAreReadOneByOneUntilTheConnectionEnds() throws Exception {
    try (Http1Client client = Http1Client.connect(nginx)) {
      client.send(Http1Case.request(GET, "/a/") + Http1Case.second("/a/"));
      List<Http1Response> all = client.untilClosed();
      assertThat(all).extracting(Http1Response::status).containsExactly(200, 200);
      assertThat(nginx.backend().requests("/a/")).hasSize(2);
    }
  }

  @Test
  void aRequestThatIsRefusedIsToldFromOneThatIsServed() throws Exception {
    Http1Case refused = Http1Case.refused("bad", Heard.NOTHING, "BAD\r\n\r\n", 400).toList().get(1);
    refused.script().run(nginx, "/b/");
    Http1Case served = Http1Case.served("good", "GET", GET, Http1Case.body("")).toList().get(1);
    served.script().run(nginx, "/c/");
    assertThatThrownBy(
            () ->
                Http1Case.refused("good", Heard.NOTHING, GET, 400)
                    .findFirst()
                    .orElseThrow()
                    .script()
                    .run(nginx, "/d/"))
        .hasMessageContaining("200")
        .hasMessageContaining("expected: one of [400]");
  }
}
