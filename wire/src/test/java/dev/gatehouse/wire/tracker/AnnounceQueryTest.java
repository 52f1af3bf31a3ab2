package dev.gatehouse.wire.tracker;

import static dev.gatehouse.wire.tracker.QueryTest.target;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnounceQueryTest {

  private static final String HASH = "abcdefghij0123456789";
  private static final String ID = "-TR3000-wnn58mba0mzp";
  private static final String NUMBERS = "&left=4321&downloaded=1234&uploaded=7";
  private static final String MINIMAL =
      "info_hash=" + HASH + "&peer_id=" + ID + NUMBERS + "&port=6881";

  @Test
  void readsTheLeastThatAClientSays() {
    AnnounceQuery announce = complete(MINIMAL);
    assertThat(announce.event()).isEmpty();
    assertThat(announce.infoHash()).isEqualTo(hash(HASH));
    assertThat(announce.peerId()).isEqualTo(PeerId.parse(Bytes.utf8(ID)).orElseThrow());
    assertThat(announce.progress()).isEqualTo(new AnnounceQuery.Progress(4321, 1234, 7));
    assertThat(announce.numWant()).isEmpty();
    assertThat(announce.port()).isEqualTo(6881);
    assertThat(announce.claimedAddresses()).isEmpty();
    assertThat(announce.peerForm()).isEqualTo(PeerForm.COMPACT);
  }

  @Test
  void keepsWhatItDoesNotInterpret() {
    AnnounceQuery announce = complete(MINIMAL + "&key=peerKey&trackerid=trackerId");
    assertThat(announce.parameters().get("key")).contains(Bytes.utf8("peerKey"));
    assertThat(announce.parameters().get("trackerid")).contains(Bytes.utf8("trackerId"));
    assertThat(announce.parameters().get("ip")).isEmpty();
  }

  /** As libtorrent writes it: lower-case escapes, and no escape where none is needed. */
  @Test
  void readsAHashWithBareMarksAndRawBytes() {
    String query = MINIMAL.replace(HASH, "%ab!(%00)*\u00ff2345%20%2b%25%26%3d%7e%0a-.");
    assertThat(complete(query).infoHash()).isEqualTo(hash("\u00ab!(\0)*\u00ff2345 +%&=~\n-."));
  }

  @Test
  void readsHashesOf20And32BytesRawAndInHex() {
    String v2 = HASH + "ABCDEFGHIJKL";
    HexFormat upper = HexFormat.of().withUpperCase();
    assertThat(complete(MINIMAL.replace(HASH, v2)).infoHash()).isEqualTo(hash(v2));
    for (String raw : new String[] {HASH, v2}) {
      byte[] bytes = raw.getBytes(US_ASCII);
      assertThat(complete(MINIMAL.replace(HASH, HexFormat.of().formatHex(bytes))).infoHash())
          .isEqualTo(hash(raw));
      assertThat(complete(MINIMAL.replace(HASH, upper.formatHex(bytes))).infoHash())
          .isEqualTo(hash(raw));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "short", "abcdefghij01234567890", "zz00000000000000000000000000000000000000"})
  void aHashThatIsNotWellFormedIsAsIfItWereNotThere(String bad) {
    assertFault(MINIMAL.replace(HASH, bad), RequestFault.NO_INFO_HASH);
    assertThat(complete("info_hash=" + bad + "&" + MINIMAL).infoHash()).isEqualTo(hash(HASH));
    assertThat(complete(MINIMAL + "&info_hash=" + bad).infoHash()).isEqualTo(hash(HASH));
  }

  @Test
  void refusesTwoHashesEvenEqualOnes() {
    assertFault(MINIMAL + "&info_hash=" + HASH, RequestFault.MULTIPLE_INFO_HASHES);
  }

  @ParameterizedTest
  @CsvSource({
    "'', NONE",
    "none, NONE",
    "NONE, NONE",
    "StArTed, STARTED",
    "started, STARTED",
    "stopped, STOPPED",
    "completed, COMPLETED",
    "paused, PAUSED"
  })
  void readsEventsInEitherCase(String name, Event event) {
    assertThat(complete(MINIMAL + "&event=" + name).event()).contains(event);
  }

  @ParameterizedTest
  @CsvSource({
    "'', -1",
    "0, 0",
    "28, 28",
    "1000, 1000",
    "4294967295, 4294967295",
    "4294967296, 4294967295",
    "99999999999999999999999, 4294967295",
    "-1, -1",
    "-99999999999999999999999, -1"
  })
  void readsHowManyPeersAreWanted(String text, long numWant) {
    OptionalLong expected = numWant < 0 ? OptionalLong.empty() : OptionalLong.of(numWant);
    assertThat(complete(MINIMAL + "&numwant=" + text).numWant()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-", "--1", "1x", "%2B1", "+1", "1.0", "0x10"})
  void refusesANumWantThatIsNoNumber(String text) {
    assertFault(MINIMAL + "&numwant=" + text, RequestFault.NUM_WANT);
  }

  @ParameterizedTest
  @CsvSource({"left, LEFT", "downloaded, DOWNLOADED", "uploaded, UPLOADED"})
  void progressIsGivenInUnsignedNumbersOf64Bits(String key, RequestFault fault) {
    String bare = MINIMAL.replaceFirst("&" + key + "=[0-9]+", "");
    assertThat(read(bare + "&" + key + "=18446744073709551615")).isInstanceOf(Complete.class);
    assertThat(read(bare + "&" + key + "=0")).isInstanceOf(Complete.class);
    assertThat(read(bare + "&" + key + "=000000000000000000000001")).isInstanceOf(Complete.class);
    assertFault(bare, fault);
    for (String bad :
        new String[] {
          "",
          "-1",
          "%2B1",
          "+1",
          "1x",
          "x",
          "18446744073709551616",
          "18446744073709551620",
          "100000000000000000000",
          "\u0661"
        }) {
      assertFault(bare + "&" + key + "=" + bad, fault);
    }
  }

  @Test
  void allOnesAreANumberToo() {
    String query = MINIMAL.replace("left=4321", "left=18446744073709551615");
    assertThat(complete(query).progress().left()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "65536", "65537", "+1", "%2B1", "-1", "x", "18446744073709551615"})
  void refusesAPortThatIsNone(String text) {
    assertFault(MINIMAL.replace("port=6881", "port=" + text), RequestFault.INVALID_PORT);
  }

  @Test
  void readsTheFirstAndTheLastPort() {
    assertThat(complete(MINIMAL.replace("6881", "1")).port()).isEqualTo(1);
    assertThat(complete(MINIMAL.replace("6881", "65535")).port()).isEqualTo(65535);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "-TR3000-wnn58mba0mzpX"})
  void refusesAnIdThatHasNot20Bytes(String id) {
    assertFault(MINIMAL.replace(ID, id), RequestFault.PEER_ID);
  }

  @Test
  void tellsTheFirstFaultOfSeveral() {
    String query = "event=x&numwant=x";
    assertFault(query, RequestFault.UNKNOWN_EVENT);
    query = query.replace("event=x", "event=started");
    assertFault(query, RequestFault.NO_INFO_HASH);
    query += "&info_hash=" + HASH;
    assertFault(query, RequestFault.PEER_ID);
    query += "&peer_id=" + ID;
    assertFault(query, RequestFault.LEFT);
    query += "&left=1";
    assertFault(query, RequestFault.DOWNLOADED);
    query += "&downloaded=1";
    assertFault(query, RequestFault.UPLOADED);
    query += "&uploaded=1";
    assertFault(query, RequestFault.NUM_WANT);
    query = query.replace("numwant=x", "numwant=1");
    assertFault(query, RequestFault.INVALID_PORT);
    assertThat(read(query + "&port=1")).isInstanceOf(Complete.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "01.2.3.4",
        "1.2.3.4:80",
        "[::1]:80",
        "[::1]",
        "fe80::1%25eth0",
        "1.2.3.256",
        "1.2.3.4+"
      })
  void passesOverWhatIsNoBareLiteral(String text) {
    assertThat(complete(MINIMAL + "&ip=" + text + "&ipv4=1.2.3.4").claimedAddresses())
        .containsExactly(IpAddress.parse("1.2.3.4").orElseThrow());
  }

  @Test
  void claimsTheFirstOfEachAddressParameter() {
    String query = MINIMAL + "&ipv6=2a00::1&ipv4=5.6.7.8&ip=1.2.3.4&ip=9.9.9.9";
    assertThat(complete(query).claimedAddresses())
        .extracting(IpAddress::toString)
        .containsExactly("1.2.3.4", "5.6.7.8", "2a00::1");
  }

  @ParameterizedTest
  @CsvSource({
    "'', COMPACT",
    "&compact, COMPACT",
    "&compact=, COMPACT",
    "&compact=1, COMPACT",
    "&compact=True, COMPACT",
    "&compact=YES, COMPACT",
    "&compact=0, WITH_ID",
    "&compact=truer, WITH_ID",
    "&compact=tRUE, WITH_ID",
    "&compact=0&no_peer_id=0, WITH_ID",
    "&compact=0&no_peer_id=, WITH_ID",
    "&compact=0&no_peer_id=1, WITHOUT_ID",
    "&compact=no&no_peer_id=y, WITHOUT_ID",
    "&no_peer_id=1, COMPACT",
  })
  void knowsHowPeersAreToBeSpelled(String rest, PeerForm form) {
    assertThat(complete(MINIMAL + rest).peerForm()).isEqualTo(form);
  }

  @ParameterizedTest
  @EnumSource(RequestFault.class)
  void everyFaultIsTextThatHoldsNothingOfTheRequest(RequestFault fault) {
    assertThat(fault.label()).matches("[a-zA-Z' ]+");
  }

  private static void assertFault(String query, RequestFault fault) {
    assertThat(read(query)).as(query).isEqualTo(new Malformed<>(fault));
  }

  private static AnnounceQuery complete(String query) {
    return switch (read(query)) {
      case Complete<AnnounceQuery>(AnnounceQuery announce) -> announce;
      case Decoded<AnnounceQuery> other -> throw new AssertionError(other.toString());
    };
  }

  private static Decoded<AnnounceQuery> read(String query) {
    return AnnounceQuery.read(target(query));
  }

  private static InfoHash hash(String raw) {
    return Optional.of(raw.getBytes(ISO_8859_1))
        .flatMap(bytes -> InfoHash.parse(Bytes.of(bytes)))
        .orElseThrow();
  }
}
