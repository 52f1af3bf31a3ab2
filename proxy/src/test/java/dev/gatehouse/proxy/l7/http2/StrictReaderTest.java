package dev.gatehouse.proxy.l7.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.l7.connection.Stage;
import dev.gatehouse.proxy.l7.http2.Http2Client.Frame;
import dev.gatehouse.testkit.LeakGuard;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where RFC 9113 leaves no choice. */
@Timeout(60)
@ExtendWith(LeakGuard.class)
class StrictReaderTest {

  /** A backend that answers nothing, so that streams stay open. */
  private static final String SILENCE = "";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fieldsBehindTheEndOfARequestEndItsStreamAlone(boolean ended) throws Exception {
    try (Stage stage = stage(SILENCE);
        Http2Client client = client(stage)) {
      client.request(1, true, "GET");
      stage.backend().next();
      client.request(1, ended, "GET");
      Frame reset = client.next(Frames.RST_STREAM);
      assertThat(reset.stream()).isEqualTo(1);
      assertThat(reset.number(0)).isEqualTo((int) Http2Error.STREAM_CLOSED.code());
      client.request(3, true, "GET");
      assertThat(stage.backend().next()).startsWith("GET / ");
    }
  }

  @Test
  void aStreamThatWasLeftOutComesTooLate() throws Exception {
    try (Stage stage = stage();
        Http2Client client = client(stage)) {
      client.request(5, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      client.request(3, true, "GET");
      assertConnectionError(client, Http2Error.PROTOCOL_ERROR);
    }
  }

  @Test
  void aStreamThatHasEndedIsClosedAndNoMore() throws Exception {
    try (Stage stage = stage();
        Http2Client client = client(stage)) {
      client.request(1, true, "GET");
      assertThat(client.nextFields()).containsEntry(":status", "200");
      client.next(Frames.DATA);
      client.request(1, true, "GET");
      assertThat(client.next(Frames.RST_STREAM).number(0))
          .isEqualTo((int) Http2Error.STREAM_CLOSED.code());
    }
  }

  @Test
  void aSettingThatMakesAWindowTooLargeEndsTheConnection() throws Exception {
    try (Stage stage = stage(SILENCE);
        Http2Client client = client(stage)) {
      client.request(1, true, "GET");
      stage.backend().next();
      // INITIAL_WINDOW_SIZE of 2^31-1, section 6.5.2
      byte[] setting = {0, 4, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
      client.send(new Frames().window(1, 1).frame(Frames.SETTINGS, 0, 0, setting));
      assertConnectionError(client, Http2Error.FLOW_CONTROL_ERROR);
    }
  }

  private static void assertConnectionError(Http2Client client, Http2Error error) throws Exception {
    assertThat(client.next(Frames.GOAWAY).number(4)).isEqualTo((int) error.code());
    assertThat(client.ends()).isTrue();
  }

  private static Stage stage(String... responses) throws Exception {
    return new Stage(Http2Frontend::of, "", responses);
  }

  private static Http2Client client(Stage stage) throws IOException {
    return new Http2Client(stage.connect());
  }
}
