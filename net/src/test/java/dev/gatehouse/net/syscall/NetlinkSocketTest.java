package dev.gatehouse.net.syscall;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Talks to the real kernel, with messages that it answers with an error. */
class NetlinkSocketTest {

  private static final int HEADER_BYTES = 16;
  // an error carries its number and the header that it is about
  private static final int ERROR_BYTES = HEADER_BYTES + Integer.BYTES + HEADER_BYTES;
  private static final short ERROR = 2;
  private static final short UNKNOWN_TYPE = 99;
  private static final short REQUEST = 1;
  private static final int EBADF = 9;
  private static final int EINVAL = 22;

  @Test
  void theKernelAnswersARequest() {
    try (NetlinkSocket socket = socket(NetlinkSocket.SOCK_DIAG, 256)) {
      assertThat(socket.open()).isZero();
      assertThat(send(socket)).isEqualTo(HEADER_BYTES);
      assertThat(socket.receive()).isEqualTo(ERROR_BYTES);
      assertThat(socket.sender()).isZero();
      assertThat(socket.received().get(JAVA_SHORT, 4)).isEqualTo(ERROR);
      assertThat(socket.received().get(JAVA_INT, HEADER_BYTES)).isEqualTo(-EINVAL);
    }
  }

  @Test
  void aDatagramThatWasCutIsGivenWithItsWholeLength() {
    try (NetlinkSocket socket = socket(NetlinkSocket.SOCK_DIAG, HEADER_BYTES)) {
      socket.open();
      send(socket);
      assertThat(socket.receive()).isEqualTo(ERROR_BYTES);
    }
  }

  @Test
  void silenceEndsAtTheTimeout() {
    try (NetlinkSocket socket = socket(NetlinkSocket.SOCK_DIAG, 256)) {
      socket.open();
      assertThat(socket.receive()).isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void anAbsentProtocolIsAnErrorNumber() {
    int noProtocol = 31;
    try (NetlinkSocket socket = socket(noProtocol, 256)) {
      assertThat(socket.open()).isEqualTo(-Errno.EPROTONOSUPPORT);
      assertThat(send(socket)).isEqualTo(-EBADF);
    }
  }

  @Test
  void opensAgainAndLeaksNothing() {
    try (NetlinkSocket socket = socket(NetlinkSocket.SOCK_DIAG, 256);
        SocketLinks links = new SocketLinks()) {
      int before = links.walk(SocketLinks.SELF, (_, _) -> true);
      for (int i = 0; i < 100; i++) {
        assertThat(socket.open()).isZero();
        send(socket);
        assertThat(socket.receive()).isEqualTo(ERROR_BYTES);
      }
      // other threads of the test may open a file meanwhile, but not a hundred
      assertThat(links.walk(SocketLinks.SELF, (_, _) -> true)).isLessThan(before + 50);
    }
  }

  @Test
  void aClosedSocketIsAnErrorNumberAndClosesOnceMore() {
    NetlinkSocket socket = socket(NetlinkSocket.SOCK_DIAG, 256);
    socket.open();
    socket.close();
    socket.close();
    assertThat(socket.receive()).isEqualTo(-EBADF);
  }

  @ParameterizedTest
  @CsvSource({"1, EPERM", "2, ENOENT", "4, EINTR", "11, EAGAIN", "13, EACCES", "105, ENOBUFS"})
  void errorNumbersHaveNames(int errno, String name) {
    assertThat(Errno.name(errno)).isEqualTo(name);
  }

  @Test
  void anErrorNumberWithoutANameIsShown() {
    assertThat(Errno.name(EBADF)).isEqualTo("errno 9");
  }

  private static NetlinkSocket socket(int protocol, int receiveBytes) {
    return NetlinkSocket.create(protocol, HEADER_BYTES, receiveBytes, Duration.ofMillis(20));
  }

  private static int send(NetlinkSocket socket) {
    socket.request().set(JAVA_INT, 0, HEADER_BYTES);
    socket.request().set(JAVA_SHORT, 4, UNKNOWN_TYPE);
    socket.request().set(JAVA_SHORT, 6, REQUEST);
    return socket.send();
  }
}
