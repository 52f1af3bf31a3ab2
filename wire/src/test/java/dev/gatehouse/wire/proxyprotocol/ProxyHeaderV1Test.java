package dev.gatehouse.wire.proxyprotocol;

import static dev.gatehouse.wire.proxyprotocol.Headers.endpoint;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Incomplete;
import dev.gatehouse.wire.Decoded.Malformed;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Direct;
import dev.gatehouse.wire.proxyprotocol.ProxyHeader.Relayed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the texts a middle dot stands for a blank and a dollar for CRLF. */
class ProxyHeaderV1Test {

  private static final String TCP4 = "PROXY·TCP4·192.0.2.10·198.51.100.7·56324·443$";
  private static final String LONG = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

  static Stream<String> valid() {
    return Stream.of(
        TCP4,
        "PROXY·TCP4·255.255.255.255·255.255.255.255·65535·65535$",
        "PROXY·TCP6·2001:db8::10·2001:db8:ffff::7·56324·443$",
        "PROXY·TCP6·" + LONG + "·" + LONG + "·65535·65535$",
        "PROXY·TCP6·2001:DB8::A·::·1·2$",
        "PROXY·TCP6·::ffff:192.0.2.10·::ffff:198.51.100.7·56324·443$",
        "PROXY·TCP6·1:2:3:4:5:6:7::·::1·1·2$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·0·443$",
        "PROXY·UNKNOWN$",
        "PROXY·UNKNOWN·x·y·z$",
        "PROXY·UNKNOWN·" + "f".repeat(91) + "$");
  }

  @Test
  void readsTheAddressesOfATcp4Line() {
    ByteBuf in = bytes(TCP4 + "rest");
    assertThat(decode(in)).isEqualTo(relayed("192.0.2.10", 56324, "198.51.100.7", 443));
    assertThat(in.readerIndex()).isEqualTo(46);
  }

  @Test
  void readsTheAddressesOfATcp6Line() {
    assertThat(decode(bytes("PROXY·TCP6·2001:DB8::A·::·1·2$")))
        .isEqualTo(relayed("2001:db8::a", 1, "::", 2));
  }

  @Test
  void aMappedAddressIsIpv4() {
    assertThat(decode(bytes("PROXY·TCP6·::ffff:192.0.2.10·::ffff:198.51.100.7·56324·443$")))
        .isEqualTo(relayed("192.0.2.10", 56324, "198.51.100.7", 443));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY·UNKNOWN$", "PROXY·UNKNOWN·x·y·z$"})
  void unknownNamesNobody(String line) {
    assertThat(decode(bytes(line))).isEqualTo(new Complete<>(new Direct()));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void everyProperPrefixIsIncompleteAndConsumesNothing(String line) {
    ByteBuf whole = bytes(line);
    for (int length = 0; length < whole.readableBytes(); length++) {
      ByteBuf in = whole.slice(0, length);
      assertThat(decode(in)).as("%d bytes", length).isInstanceOf(Incomplete.class);
      assertThat(in.readerIndex()).isZero();
    }
    assertThat(decode(whole)).isInstanceOf(Complete.class);
    assertThat(whole.isReadable()).isFalse();
  }

  @Test
  void aLineEndsWithin107Bytes() {
    assertThat(decode(bytes("PROXY·UNKNOWN·" + "f".repeat(91) + "$"))).isInstanceOf(Complete.class);
    assertFault("PROXY·UNKNOWN·" + "f".repeat(92) + "$", ProxyHeaderFault.V1_SYNTAX);
    assertFault("PROXY·UNKNOWN·" + "f".repeat(93), ProxyHeaderFault.V1_SYNTAX);
    assertFault("PROXY·UNKNOWN·" + "f".repeat(92) + "\r", ProxyHeaderFault.V1_SYNTAX);
  }

  @Test
  void aSecondHeaderIsTheStreamsData() {
    ByteBuf in = bytes(TCP4 + TCP4);
    assertThat(decode(in)).isInstanceOf(Complete.class);
    assertThat(in.readableBytes()).isEqualTo(46);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY·UNKNOWN·a\rb$",
        "PROXY·UNKNOWN·a\nb$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·56324·443\n",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·56324·443\rx",
        "PROXY·tcp4·192.0.2.10·198.51.100.7·56324·443$",
        "PROXY·UDP4·192.0.2.10·198.51.100.7·56324·443$",
        "PROXY·TCP5·192.0.2.10·198.51.100.7·56324·443$",
        "PROXY·UNKNOWNX$",
        "PROXY··TCP4·192.0.2.10·198.51.100.7·56324·443$",
        "PROXY·TCP4··192.0.2.10·198.51.100.7·56324·443$",
        "PROXY·TCP4\t192.0.2.10·198.51.100.7·56324·443$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·56324·443·$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·+80·443$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·-1·443$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·00080·443$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·080·443$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·65536·443$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7··443$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·8a·443$",
        "PROXY·TCP4·01.2.3.4·198.51.100.7·1·443$",
        "PROXY·TCP4·1.2.3·198.51.100.7·1·443$",
        "PROXY·TCP4·1.2.3.4.5·198.51.100.7·1·443$",
        "PROXY·TCP4·256.1.1.1·198.51.100.7·1·443$",
        "PROXY·TCP4·1..2.3·198.51.100.7·1·443$",
        "PROXY·TCP4·0x1.2.3.4·198.51.100.7·1·443$",
        "PROXY·TCP4·::1·::1·80·443$",
        "PROXY·TCP6·192.0.2.1·192.0.2.2·80·443$",
        "PROXY·TCP6·fe80::1%eth0·::1·80·443$",
        "PROXY·TCP6·[::1]·::1·80·443$",
        "PROXY·TCP6·1::2::3·::1·80·443$",
        "PROXY·TCP6·:::·::1·80·443$",
        "PROXY·TCP6·:1:2:3:4:5:6:7·::1·80·443$",
        "PROXY·TCP6·1:2:3:4:5:6:7:8:9·::1·80·443$",
        "PROXY·TCP6·1:2:3:4:5:6:7:8::·::1·80·443$",
        "PROXY·TCP6·12345::·::1·80·443$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·56324$",
        "PROXY·TCP4·192.0.2.10·198.51.100.7·56324·443·1$",
        "PROXY·$",
      })
  void refusesALineThatIsNotTheGrammar(String line) {
    assertFault(line, ProxyHeaderFault.V1_SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy·TCP4·1", "·PROXY", "GET·/·HTTP/1.1$", "PRI·*", "PROXYX", "\u0016"})
  void refusesAStrangerAtTheFirstWrongByte(String text) {
    assertFault(text, ProxyHeaderFault.SIGNATURE);
  }

  private static void assertFault(String text, ProxyHeaderFault fault) {
    ByteBuf in = bytes(text);
    assertThat(decode(in)).as(text).isEqualTo(new Malformed<>(fault));
    assertThat(in.readerIndex()).isZero();
  }

  private static Decoded<ProxyHeader> decode(ByteBuf in) {
    return ProxyHeaderDecoder.decode(in);
  }

  private static Decoded<ProxyHeader> relayed(String from, int fromPort, String to, int toPort) {
    return new Complete<>(new Relayed(endpoint(from, fromPort), endpoint(to, toPort), List.of()));
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.replace('·', ' ').replace("$", "\r\n").getBytes(ISO_8859_1));
  }
}
