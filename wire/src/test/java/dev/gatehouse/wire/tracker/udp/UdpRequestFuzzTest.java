package dev.gatehouse.wire.tracker.udp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

class UdpRequestFuzzTest {

  private final UdpAnnounce announce = new UdpAnnounce();

  @FuzzTest(maxDuration = "30s")
  void everyDatagramHasAnOutcome(byte[] input) {
    ByteBuf datagram = Unpooled.wrappedBuffer(input);
    switch (UdpRequestKind.of(datagram)) {
      case EMPTY -> assertThat(input).isEmpty();
      case TOO_SHORT -> assertThat(input.length).isBetween(1, 15);
      case CONNECT, BAD_MAGIC, UNKNOWN_ACTION -> assertThat(input.length).isGreaterThan(15);
      case ANNOUNCE -> read(datagram, 84 + 4);
      case WIDE_ANNOUNCE -> read(datagram, 84 + 16);
      case SCRAPE ->
          assertThat(UdpScrape.fault(datagram).isPresent() || input.length >= 36).isTrue();
    }
    assertThat(datagram.readerIndex()).isZero();
  }

  private void read(ByteBuf datagram, int addressEnd) {
    if (announce.read(datagram).isEmpty()) {
      ByteBuffer plain = datagram.nioBuffer();
      assertThat(announce.left()).isEqualTo(plain.getLong(64));
      assertThat(announce.numWant()).isEqualTo(plain.getInt(addressEnd + 4) & 0xffff_ffffL);
      assertThat(announce.port()).isEqualTo(plain.getShort(addressEnd + 8) & 0xffff);
      assertThat(announce.parameters().size()).isBetween(0, 256);
    }
  }
}
