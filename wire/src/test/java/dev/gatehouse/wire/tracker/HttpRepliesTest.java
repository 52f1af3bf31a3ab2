package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.bencode.BencodeLimits;
import dev.gatehouse.wire.bencode.BencodeReader;
import dev.gatehouse.wire.tracker.HttpReplies.Announced;
import dev.gatehouse.wire.tracker.HttpReplies.Scraped;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRepliesTest {

  private static final String COUNTS =
      "d8:completei1e10:incompletei2e8:intervali1800e12:min intervali900e";
  private static final Announced ANNOUNCED = new Announced(1, 2, 1800, 900, Optional.empty());
  private static final PeerId ID = PeerId.parse(Bytes.utf8("-TR3000-wnn58mba0mzp")).orElseThrow();

  private final ByteBuf out = Unpooled.buffer();
  private final PeerList ipv4 = new PeerList(AddressFamily.IPV4);
  private final PeerList ipv6 = new PeerList(AddressFamily.IPV6);

  @Test
  void packsPeersIntoAString() {
    ipv4.add(endpoint("1.2.3.4", 6881), ID);
    HttpReplies.writeAnnounce(out, ANNOUNCED, ipv4, ipv6, PeerForm.COMPACT);
    assertWritten(COUNTS + "5:peers6:\u0001\u0002\u0003\u0004\u001a\u00e1e");
  }

  @Test
  void spellsPeersOneByOne() {
    ipv4.add(endpoint("1.2.3.4", 6881), ID);
    HttpReplies.writeAnnounce(out, ANNOUNCED, ipv4, ipv6, PeerForm.WITH_ID);
    assertWritten(COUNTS + "5:peersld2:ip7:1.2.3.47:peer id20:-TR3000-wnn58mba0mzp4:porti6881eeee");
  }

  @Test
  void spellsIpv6PeersBehindTheOthersAndWithoutIds() {
    ipv6.add(endpoint("2001:db8::1", 1), ID);
    ipv4.add(endpoint("1.2.3.4", 6881), ID);
    HttpReplies.writeAnnounce(out, ANNOUNCED, ipv4, ipv6, PeerForm.WITHOUT_ID);
    assertWritten(COUNTS + "5:peersld2:ip7:1.2.3.44:porti6881eed2:ip11:2001:db8::14:porti1eeee");
  }

  @Test
  void tellsTheClientItsAddressAndIpv6Peers() {
    ipv4.add(endpoint("1.2.3.4", 6881), ID);
    ipv6.add(endpoint("::2", 256), ID);
    Announced told = new Announced(1, 2, 1800, 900, IpAddress.parse("5.6.7.8"));
    HttpReplies.writeAnnounce(out, told, ipv4, ipv6, PeerForm.COMPACT);
    assertWritten(
        "d8:completei1e11:external ip4:\u0005\u0006\u0007\b10:incompletei2e8:intervali1800e"
            + "12:min intervali900e5:peers6:\u0001\u0002\u0003\u0004\u001a\u00e16:peers618:"
            + "\0".repeat(15)
            + "\u0002\u0001\0e");
  }

  @Test
  void peersAreThereEvenIfThereAreNone() {
    Announced none = new Announced(0, 0, 1800, 900, Optional.empty());
    HttpReplies.writeAnnounce(out, none, ipv4, ipv6, PeerForm.COMPACT);
    assertWritten("d8:completei0e10:incompletei0e8:intervali1800e12:min intervali900e5:peers0:e");
  }

  @Test
  void anEmptyMinimumIsNotSaid() {
    Announced none = new Announced(0, 0, 60, 0, Optional.empty());
    HttpReplies.writeAnnounce(out, none, ipv4, ipv6, PeerForm.WITH_ID);
    assertWritten("d8:completei0e10:incompletei0e8:intervali60e5:peerslee");
  }

  @Test
  void writesAScrape() {
    HttpReplies.writeScrape(out, List.of(new Scraped(hash("A".repeat(20)), 1, 3, 2)));
    assertWritten(
        "d5:filesd20:AAAAAAAAAAAAAAAAAAAAd8:completei1e10:downloadedi3e10:incompletei2eeee");
  }

  @Test
  void sortsWhatIsScrapedByItsBytes() {
    HttpReplies.writeScrape(
        out,
        List.of(
            new Scraped(hash("B".repeat(20)), 1, 1, 1),
            new Scraped(hash("A".repeat(32)), 2, 2, 2),
            new Scraped(hash("A".repeat(20)), 3, 3, 3)));
    String counts = "d8:completei%1$de10:downloadedi%1$de10:incompletei%1$dee";
    assertWritten(
        "d5:filesd20:"
            + "A".repeat(20)
            + counts.formatted(3)
            + "32:"
            + "A".repeat(32)
            + counts.formatted(2)
            + "20:"
            + "B".repeat(20)
            + counts.formatted(1)
            + "ee");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "hello world, 0, d14:failure reason11:hello worlde",
        "what's up, 0, d14:failure reason9:what's upe",
        "something is missing, 0, d14:failure reason20:something is missinge",
        "request limit exceeded, 5, d14:failure reason22:request limit exceeded8:retry ini5ee",
      })
  void writesFailures(String reason, int retryMinutes, String expected) {
    HttpReplies.writeFailure(out, reason, retryMinutes);
    assertWritten(expected);
  }

  private void assertWritten(String expected) {
    assertThat(out.toString(ISO_8859_1)).isEqualTo(expected);
    assertThat(BencodeReader.read(out.duplicate(), BencodeLimits.TORRENT))
        .isInstanceOf(Complete.class);
  }

  private static InfoHash hash(String raw) {
    return InfoHash.parse(Bytes.utf8(raw)).orElseThrow();
  }

  private static Endpoint endpoint(String address, int port) {
    return new Endpoint(IpAddress.parse(address).orElseThrow(), port);
  }
}
