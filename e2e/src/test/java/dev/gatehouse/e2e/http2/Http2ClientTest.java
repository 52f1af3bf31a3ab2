package dev.gatehouse.e2e.http2;

import static dev.gatehouse.e2e.http2.ErrorCode.FLOW_CONTROL_ERROR;
import static dev.gatehouse.e2e.http2.ErrorCode.FRAME_SIZE_ERROR;
import static dev.gatehouse.e2e.http2.ErrorCode.PROTOCOL_ERROR;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.e2e.L7Host;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client that judges is itself tried on a server that many people use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class Http2ClientTest {

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
  void aResponseIsReadWithItsFieldsAndItsBody() throws Exception {
    try (Http2Client client = Http2Client.connect(nginx, "/echo/")) {
      client.post(1).send(Frame.data(Frame.END_STREAM, 1, "hello".getBytes(US_ASCII)));
      Http2Response response = client.served(1, 200);
      assertThat(response.body()).isEqualTo("hello");
      assertThat(response.values("server")).singleElement().asString().startsWith("nginx");
    }
    assertThat(nginx.backend().requests("/echo/")).hasSize(1);
  }

  @Test
  void anErrorOfTheConnectionIsReadWithItsCode() throws Exception {
    try (Http2Client client = Http2Client.connect(nginx, "/a/")) {
      client.send(Frame.ping(0, new byte[7])).connectionError(FRAME_SIZE_ERROR);
    }
    try (Http2Client client = Http2Client.connect(nginx, "/b/")) {
      client.send(Frame.ping(0, new byte[7]));
      assertThatThrownBy(() -> client.connectionError(PROTOCOL_ERROR))
          .hasMessageContaining("FRAME_SIZE_ERROR")
          .hasMessageContaining("expected: one of [PROTOCOL_ERROR]")
          .hasMessageContaining("> PING flags=00 stream=0 length=7 00000000000000");
    }
  }

  @Test
  void anErrorOfAStreamIsReadWithItsCodeAndLeavesTheOthersAlone() throws Exception {
    try (Http2Client client = Http2Client.connect(nginx, "/c/")) {
      client.post(1).send(Frame.windowUpdate(1, 0x7fffffff), Frame.windowUpdate(1, 0x7fffffff));
      assertThat(client.streamError(1, FLOW_CONTROL_ERROR)).isTrue();
      client.get(3).served(3, 200);
    }
  }

  @Test
  void aResponseWhereAnErrorWasExpectedIsNone() throws Exception {
    try (Http2Client client = Http2Client.connect(nginx, "/d/")) {
      client.get(1);
      assertThatThrownBy(() -> client.served(1, 400)).hasMessageContaining("status: 200");
    }
  }
}
