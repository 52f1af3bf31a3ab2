package dev.gatehouse.bench.l4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.bench.l4.Hello.Wish;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ClientHelloDecoder;
import dev.gatehouse.wire.tls.ServerName;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelloTest {

  @ParameterizedTest
  @EnumSource
  void bringsItsWishToTheBackend(Wish wish) {
    Hello hello = new Hello(wish, 0x0123_4567_89ab_cdefL);

    assertThat(Hello.decode(hello.encode())).isEqualTo(hello);
  }

  @ParameterizedTest
  @EnumSource
  void isAHelloOfWhichAProxySeesTheNameAlone(Wish wish) {
    ByteBuffer bytes = new Hello(wish, Long.MAX_VALUE).encode();

    assertThat(bytes.remaining()).isEqualTo(Hello.LENGTH);
    assertThat(new ClientHelloDecoder(16 * 1024, 1).decode(Unpooled.wrappedBuffer(bytes)))
        .isInstanceOfSatisfying(
            Complete.class,
            complete ->
                assertThat(((ClientHello) complete.value()).serverName())
                    .map(ServerName::toString)
                    .hasValueSatisfying(name -> assertThat(name).contains("git.example.org")));
  }

  @Test
  void refusesAHelloThatWasNotMadeHere() {
    assertThatThrownBy(() -> Hello.decode(ByteBuffer.allocate(Hello.LENGTH)))
        .hasMessageStartingWith("wish: 0 ");
  }
}
