package dev.gatehouse.wire.tracker.udp;

import static dev.gatehouse.wire.tracker.udp.Datagrams.buffer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.tracker.RequestFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpRequestKindTest {

  private static final String CONNECT = "0000041727101980 00000000 00000055";

  @ParameterizedTest
  @CsvSource({
    "0000041727101980 00000000 00000055, CONNECT",
    "0000041727101980 00000000 00000055 ffff, CONNECT",
    "0000041727101981 00000000 00000055, BAD_MAGIC",
    "0000000000000000 00000000 00000055, BAD_MAGIC",
    "0000041727101980 00000001 00000055, ANNOUNCE",
    "1122334455667788 00000001 00000055, ANNOUNCE",
    "1122334455667788 00000002 00000055, SCRAPE",
    "1122334455667788 00000003 00000055, UNKNOWN_ACTION",
    "1122334455667788 00000004 00000055, WIDE_ANNOUNCE",
    "1122334455667788 00000005 00000055, UNKNOWN_ACTION",
    "1122334455667788 00000100 00000055, UNKNOWN_ACTION",
    "1122334455667788 ffffffff 00000055, UNKNOWN_ACTION",
  })
  void isToldBySixteenBytes(String hex, UdpRequestKind kind) {
    ByteBuf datagram = buffer(hex);
    assertThat(UdpRequestKind.of(datagram)).isEqualTo(kind);
    assertThat(UdpRequestKind.transactionId(datagram)).isEqualTo(0x55);
    assertThat(datagram.readerIndex()).isZero();
  }

  @Test
  void lessThanSixteenBytesAreNoRequest() {
    ByteBuf whole = buffer(CONNECT);
    assertThat(UdpRequestKind.of(whole.slice(0, 0))).isEqualTo(UdpRequestKind.EMPTY);
    for (int length = 1; length < 16; length++) {
      assertThat(UdpRequestKind.of(whole.slice(0, length)))
          .as("%d bytes", length)
          .isEqualTo(UdpRequestKind.TOO_SHORT);
    }
  }

  @Test
  void knowsTheConnectionId() {
    assertThat(UdpRequestKind.connectionId(buffer(Datagrams.WIDE))).isEqualTo(0x1122334455667788L);
    assertThat(UdpRequestKind.connectionId(buffer(CONNECT))).isEqualTo(UdpRequestKind.PROTOCOL_ID);
  }

  /** Whatever the length and the action, a datagram of zeros is judged and read without harm. */
  @Test
  void everyPacketOfZerosHasAnOutcome() {
    UdpAnnounce announce = new UdpAnnounce();
    for (int action = 0; action <= 4; action++) {
      for (int length = 16; length <= 255; length++) {
        ByteBuf datagram = Unpooled.buffer(length).writeZero(length).setInt(8, action);
        switch (UdpRequestKind.of(datagram)) {
          case ANNOUNCE, WIDE_ANNOUNCE ->
              assertThat(announce.read(datagram).isEmpty())
                  .isEqualTo(length >= (action == 4 ? 110 : 98));
          case SCRAPE ->
              assertThat(UdpScrape.fault(datagram).isEmpty())
                  .isEqualTo(length >= 36 && (length - 16) % 20 == 0);
          case BAD_MAGIC, UNKNOWN_ACTION -> assertThat(action).isIn(0, 3);
          case EMPTY, TOO_SHORT, CONNECT -> throw new AssertionError(action + ", " + length);
        }
      }
    }
    assertThat(RequestFault.MALFORMED_PACKET.label()).isEqualTo("malformed packet");
  }
}
