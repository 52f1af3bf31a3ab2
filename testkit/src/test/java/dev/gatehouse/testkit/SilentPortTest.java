package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class SilentPortTest {

  @Test
  void neitherTakesNorRefusesAConnection() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (SilentPort silent = new SilentPort(loopback, 0);
        Socket client = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(loopback, silent.port());
      assertThatThrownBy(() -> client.connect(address, 50))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }
}
