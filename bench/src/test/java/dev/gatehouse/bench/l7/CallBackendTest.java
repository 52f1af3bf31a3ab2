package dev.gatehouse.bench.l7;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallBackendTest {

  /** Preface and SETTINGS of a client, and HEADERS of a POST in stream 1. */
  private static final String OPENING =
      HexFormat.of()
              .formatHex("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
          + "000000040000000000"
          + "000003010400000001"
          + "838684";

  /** DATA of no byte that ends stream 1. */
  private static final String END = "000000000100000001";

  @Test
  void answersACallWithAHeadAMessageAndATrailer() throws Exception {
    try (CallBackend backend = CallBackend.start(0);
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), backend.port())) {
      socket.getOutputStream().write(HexFormat.of().parseHex(OPENING + END));

      assertThat(next(socket, Frame.HEADERS)).isEqualTo(new Frame(Frame.HEADERS, 0x4, 1));
      assertThat(next(socket, Frame.DATA)).isEqualTo(new Frame(Frame.DATA, 0, 1));
      assertThat(next(socket, Frame.HEADERS)).isEqualTo(new Frame(Frame.HEADERS, 0x5, 1));
    }
  }

  @Test
  void sendsAMessageThatSaysHowLongItIs() {
    assertThat(CallHandler.message()).hasSize(105).startsWith(0, 0, 0, 0, 100);
  }

  private record Frame(int type, int flags, int stream) {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
  }

  /** The next frame of a stream; those of the connection are passed over. */
  private static Frame next(Socket socket, int type) throws Exception {
    while (true) {
      byte[] head = socket.getInputStream().readNBytes(9);
      int length =
          (Byte.toUnsignedInt(head[0]) << 16)
              | (Byte.toUnsignedInt(head[1]) << 8)
              | Byte.toUnsignedInt(head[2]);
      socket.getInputStream().skipNBytes(length);
      if (head[8] != 0) {
        assertThat(head[3]).isEqualTo((byte) type);
        return new Frame(head[3], head[4], head[8]);
      }
    }
  }
}
