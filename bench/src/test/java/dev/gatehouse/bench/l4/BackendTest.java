package dev.gatehouse.bench.l4;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.bench.l4.Hello.Wish;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackendTest {

  /** More than a chunk and more than the sockets hold, and no multiple of either. */
  private static final long MANY = 10_000_019;

  private Backend backend;

  @BeforeEach
  void start() throws IOException {
    backend = Backend.start(0);
  }

  @AfterEach
  void close() throws IOException {
    backend.close();
  }

  @Test
  void sendsAsManyBytesAsAreWished() throws IOException {
    try (Connection connection = open(Wish.SEND, MANY)) {
      connection.expect(MANY);
    }
  }

  @Test
  void answersOnceAllBytesAreTaken() throws IOException {
    try (Connection connection = open(Wish.TAKE, MANY)) {
      connection.send(MANY);
      connection.expect(1);
    }
  }

  @Test
  void echoesMessageByMessage() throws IOException {
    try (Connection connection = open(Wish.ECHO, 100)) {
      for (int i = 0; i < 50; i++) {
        connection.pingPong();
      }
    }
  }

  @Test
  void aStreamThatEndsTooEarlyIsNoAnswer() throws IOException {
    try (Connection connection = open(Wish.SEND, 100)) {
      connection.expect(100);
      connection.send(1); // more than was agreed, so the backend hangs up

      assertThatThrownBy(() -> connection.expect(1)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void outlivesAClientThatLeavesInTheMiddleOfTheHello() throws IOException {
    try (SocketChannel half = SocketChannel.open(Connection.loopback(backend.port()))) {
      half.write(ByteBuffer.allocate(Hello.LENGTH - 1));
    }
    try (Connection next = open(Wish.ECHO, 100)) {
      next.pingPong();
    }
  }

  private Connection open(Wish wish, long bytes) throws IOException {
    return Connection.open(backend.port(), new Hello(wish, bytes));
  }
}
