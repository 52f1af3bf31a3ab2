package dev.gatehouse.tracker.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tracker.client.ClientCounts.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientCensusTest {

  private final ClientCensus census = new ClientCensus();

  @ParameterizedTest
  @CsvSource({
    "-AZ2060-0xJQ02d4309O, Vuze",
    "-BI3000-0xJQ02d4309O, BiglyBT",
    "-BC0170-0xJQ02d4309O, BitComet",
    "-BT7a5S-0xJQ02d4309O, BitTorrent",
    "-DE13F0-0xJQ02d4309O, Deluge",
    "-FD51W@-0xJQ02d4309O, Free Download Manager",
    "-KT2210-347143496631, KTorrent",
    "-LT2080-7d7Bvj)zHAxP, libtorrent",
    "-lt0D80-0xJQ02d4309O, rTorrent",
    "-PI0250-0xJQ02d4309O, PicoTorrent",
    "-qB4520-0xJQ02d4309O, qBittorrent",
    "-TR3000-wnn58mba0mzp, Transmission",
    "-TX3200-0xJQ02d4309O, Tixati",
    "-UT2300-MNu93JKnm930, uTorrent",
    "-UM1870-0xJQ02d4309O, uTorrent",
    "-UW121D-0xJQ02d4309O, uTorrent",
    "-WW0203-0xJQ02d4309O, WebTorrent",
    "-WD0024-0xJQ02d4309O, WebTorrent",
    "-XL0012-0xJQ02d4309O, Xunlei",
    "A2-1-36-0-qxdfHI3Pih, aria2",
    "-XX0001-000000000001, other",
    "-tr3000-wnn58mba0mzp, other",
    "A2X1-36-0-qxdfHI3Pih, other",
    "TR3000-wnn58mba0mzpq, other",
  })
  void softwareIsKnownByTheBeginningOfItsIds(String id, String name) {
    assertThat(ClientSoftware.of(bytes(id), 0).label()).isEqualTo(name);
  }

  @Test
  void anIdIsReadWhereItBegins() {
    byte[] two = (id("-TR3000-") + id("-qB4520-")).getBytes(US_ASCII);
    census.count(two, 20, 3);
    assertThat(census.counts().of(ClientSoftware.QBITTORRENT)).isEqualTo(3);
    assertThat(census.counts().versions())
        .containsExactly(new Version(ClientSoftware.QBITTORRENT, "4520", 3));
  }

  @Test
  void versionsAreLettersAndDigits() {
    for (String id : List.of("-TR3000-", "-TR3000-", "-TR40Zz-", "-TR4.0-x", "-XX1234-")) {
      count(id);
    }
    assertThat(census.counts().table())
        .isEqualTo(
            Map.of(
                ClientSoftware.TRANSMISSION,
                Map.of("3000", 2L, "40Zz", 1L, "other", 1L),
                ClientSoftware.OTHER,
                Map.of("other", 1L)));
  }

  @Test
  void bytesThatAreNoLettersAreNobodysVersion() {
    byte[] id = bytes(id("-TR----"));
    Arrays.fill(id, 3, 20, (byte) 0xff);
    census.count(id, 0, 1);
    Arrays.fill(id, (byte) 0xff);
    census.count(id, 0, 1);
    assertThat(census.counts().versions()).isEmpty();
    assertThat(census.counts().of(ClientSoftware.OTHER)).isEqualTo(1);
  }

  @Test
  void thoseThatMostPeersHaveAreToldWhateverOthersInvent() {
    for (int i = 0; i < 9_000; i++) {
      if (i % 10 == 0) {
        count("-qB4520-");
      }
      count("-qB%04d-".formatted(1000 + i));
    }
    ClientCounts counts = census.counts();
    assertThat(counts.versions()).hasSize(50);
    assertThat(counts.versions().getFirst())
        .isEqualTo(new Version(ClientSoftware.QBITTORRENT, "4520", 901));
    assertThat(counts.of(ClientSoftware.QBITTORRENT)).isEqualTo(9_900);
    assertThat(counts.table().get(ClientSoftware.QBITTORRENT))
        .hasSize(51)
        .containsEntry("other", 9_900 - 901 - 49L);
  }

  private void count(String beginning) {
    census.count(bytes(id(beginning)), 0, 1);
  }

  private static String id(String beginning) {
    return (beginning + "00000000000000000000").substring(0, 20);
  }

  private static byte[] bytes(String id) {
    return id.getBytes(US_ASCII);
  }
}
