package dev.gatehouse.proxy.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.proxy.Hellos;
import dev.gatehouse.testkit.LeakGuard;
import dev.gatehouse.wire.tls.ClientHello;
import dev.gatehouse.wire.tls.ServerName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hellos after a HelloRetryRequest, RFC 8446 section 4.1.2. */
@ExtendWith(LeakGuard.class)
class SecondHelloHandlerTest {

  private static final String NAME = "a.example";
  private static final String CHANGE_CIPHER_SPEC = "140303000101";

  private final AtomicInteger changes = new AtomicInteger();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new SecondHelloHandler(
              new ClientHello(ServerName.parse(NAME), List.of(), List.of(), false),
              changes::incrementAndGet));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1703030001aa", // what is encrypted already
        "15030300020228", // an alert
        "160303000410000000", // ClientKeyExchange, TLS 1.2
        "16030300", // no record at all, if a fourth byte of 255 follows
      })
  void whatIsNoHelloIsLeftToTls(String record) {
    write(CHANGE_CIPHER_SPEC + record + "ffff");
    assertThat(passed()).isEqualTo(CHANGE_CIPHER_SPEC + record + "ffff");
    assertThat(channel.pipeline().get(SecondHelloHandler.class)).isNull();
    finish();
  }

  @Test
  void theSameNameMayComeByteByByteAndAllOfItGoesOn() {
    String hello = HexFormat.of().formatHex(Hellos.modern(NAME, true));
    String all = CHANGE_CIPHER_SPEC + hello + "1703030001aa";
    for (int i = 0; i < all.length(); i += 2) {
      write(all.substring(i, i + 2));
    }
    assertThat(passed()).isEqualTo(all);
    assertThat(changes).hasValue(0);
    finish();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.example", "a.example.org"})
  void anotherNameNeverReachesTls(String name) {
    write(HexFormat.of().formatHex(Hellos.modern(name, true)));
    assertThat(changes).hasValue(1);
    ByteBuf alert = channel.readOutbound();
    assertThat(ByteBufUtil.hexDump(alert)).isEqualTo("1503030002022f");
    alert.release();
    assertThat(channel.isOpen()).isFalse();
    assertThat(passed()).isEmpty();
    finish();
  }

  @Test
  void aSecondHelloWithoutANameIsAnotherToo() {
    write(HexFormat.of().formatHex(Hellos.unnamed()));
    assertThat(changes).hasValue(1);
    assertThat(passed()).isEmpty();
    finish();
  }

  private void write(String hex) {
    channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
  }

  private String passed() {
    StringBuilder hex = new StringBuilder();
    for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
      hex.append(ByteBufUtil.hexDump(next));
      next.release();
    }
    return hex.toString();
  }

  private void finish() {
    channel.finishAndReleaseAll();
  }
}
