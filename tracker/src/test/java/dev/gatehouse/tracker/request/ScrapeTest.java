package dev.gatehouse.tracker.request;

import static dev.gatehouse.tracker.request.Announces.torrent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.tracker.InfoHash;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class ScrapeTest {

  private final Scrape scrape = new Scrape();

  @Test
  void asksForEachTorrentAtItsPosition() {
    for (int i = 0; i < 200; i++) {
      scrape.add(torrent(i));
      scrape.counted(i, i, i + 1, i + 2);
    }
    assertThat(scrape.size()).isEqualTo(200);
    for (int i = 0; i < 200; i++) {
      assertThat(hash(i)).isEqualTo(torrent(i));
      assertThat(scrape.seeders(i)).isEqualTo(i);
      assertThat(scrape.leechers(i)).isEqualTo(i + 1);
      assertThat(scrape.snatches(i)).isEqualTo(i + 2);
    }
  }

  @Test
  void isUsedAgainAndForgetsTheLastOne() {
    scrape.add(torrent(1));
    scrape.counted(0, 1, 1, 1);
    scrape.clear();
    scrape.add(torrent(2));
    assertThat(scrape.size()).isEqualTo(1);
    assertThat(scrape.seeders(0) + scrape.leechers(0) + scrape.snatches(0)).isZero();
  }

  @Test
  void takesHashesFromADatagram() {
    ByteBuf datagram = Unpooled.buffer();
    datagram.writeByte(0);
    torrent(7).writeTo(datagram);
    scrape.add(datagram, 1);
    assertThat(hash(0)).isEqualTo(torrent(7));
  }

  private InfoHash hash(int position) {
    return InfoHash.v1(scrape.first(position), scrape.second(position), scrape.tail(position));
  }
}
