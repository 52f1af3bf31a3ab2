package dev.gatehouse.wire.tracker.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.RequestFault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class UdpScrapeTest {

  @Test
  void readsEachHashAtItsPosition() {
    ByteBuf datagram = scrape(16 + 60);
    for (int i = 0; i < 60; i++) {
      datagram.setByte(16 + i, i);
    }
    assertThat(UdpScrape.fault(datagram)).isEmpty();
    assertThat(UdpScrape.size(datagram, 50)).isEqualTo(3);
    assertThat(InfoHash.v1(datagram, UdpScrape.infoHashIndex(datagram, 2)))
        .hasToString("28292a2b2c2d2e2f303132333435363738393a3b");
  }

  @Test
  void asksForWholeHashesAndAtLeastOne() {
    for (int length = 16; length <= 16 + 60; length++) {
      boolean whole = length == 36 || length == 56 || length == 76;
      assertThat(UdpScrape.fault(scrape(length)).isEmpty()).as("%d bytes", length).isEqualTo(whole);
    }
    assertThat(UdpScrape.fault(scrape(16))).contains(RequestFault.MALFORMED_PACKET);
  }

  @Test
  void answersNoMoreThanTheLimits() {
    assertThat(UdpScrape.size(scrape(16 + 20 * 50), 50)).isEqualTo(50);
    assertThat(UdpScrape.size(scrape(16 + 20 * 51), 50)).isEqualTo(50);
    assertThat(UdpScrape.size(scrape(16 + 20 * 75), 1000)).isEqualTo(74);
  }

  private static ByteBuf scrape(int length) {
    return Unpooled.buffer(length).writeZero(length);
  }
}
