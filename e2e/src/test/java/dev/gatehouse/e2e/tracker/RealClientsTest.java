package dev.gatehouse.e2e.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.e2e.Namespace;
import dev.gatehouse.e2e.NodeProgram;
import dev.gatehouse.e2e.Peer;
import dev.gatehouse.e2e.Program;
import dev.gatehouse.e2e.Project;
import dev.gatehouse.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that people use find each other through the tracker, and nothing else, and share. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClientsTest {

  private static final int SIZE = 20 << 20;

  /** As often as possible, since a client that asked too early asks again only then. */
  private static final String IMPATIENT =
      TrackerHost.OPEN.replace(
          "[tracker]\n", "[tracker]\nannounce_interval = \"1m\"\nmin_announce_interval = \"0s\"\n");

  /** Seeders, leechers and the ports of peers, as clients of Node are told them at an address. */
  private static final String TOLD =
      """
      %1$s client1 start: 0/1 [6881]
      %1$s client1 complete: 1/0 [6881]
      %1$s scrape: 1/0, 1 downloads
      %1$s client2 start: 1/1 [6881]
      %1$s client3 start: 1/2 [one]
      %1$s client2 stop: 1/1 []
      %1$s client3 stop: 1/0 []
      """;

  @TempDir private static Path folder;
  private TrackerHost host;

  @BeforeAll
  void open() {
    host = new TrackerHost(folder, IMPATIENT);
  }

  @AfterAll
  void close() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource({
    "v1, http://127.0.0.1:6969/announce, 127.0.0.1",
    "v2, http://[::1]:6969/announce, [::1]",
    "hybrid, http://127.0.0.1:6969/announce, 127.0.0.1",
    "v1, udp://[::1]:6969, [::1]",
    "v2, udp://127.0.0.1:6969/announce, 127.0.0.1",
    "hybrid, udp://127.0.0.1:6969/announce?key=abc, 127.0.0.1",
  })
  void libtorrentSharesAFile(String form, String tracker, String address) throws Exception {
    String python = Peer.requirePython(folder, "libtorrent", "python3-libtorrent");
    Path own = Files.createTempDirectory(folder, form);
    Program.Ended ended =
        host.namespace()
            .run(
                List.of(
                    python,
                    Project.file("e2e/src/test/resources/libtorrent_pair.py").toString(),
                    own.toString(),
                    form,
                    tracker,
                    address));
    assertThat(ended.code()).as(ended.output() + ended.errors()).isZero();
    assertThat(ended.output())
        .contains("same\n", "scrape 2 0\n")
        .doesNotContain("tracker_error", "tracker_warning");
  }

  @ParameterizedTest
  @CsvSource({"http", "udp"})
  void aria2GetsWhatTransmissionHas(String scheme) throws Exception {
    Path there = share(scheme + "-there");
    Path torrent = torrent(there, scheme);
    Path here = Files.createDirectory(folder.resolve(scheme + "-here"));
    double before = started(scheme);
    try (Program leech = start(here, aria2(here, torrent))) {
      // whoever comes second calls, and it is the seed that calls until it is heard
      Await.until("the leech has announced itself", () -> started(scheme) > before);
      try (Program seed = start(there, transmission(there, torrent))) {
        Program.Ended ended = leech.await();
        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(Files.mismatch(there.resolve("file"), here.resolve("file"))).isEqualTo(-1);
        seed.terminate();
        seed.await();
      }
    }
  }

  /** It speaks HTTP over both families, and UDP over IPv4. */
  @Test
  void clientsOfNodeComeCompleteMeetAndLeave() {
    Path packages = Peer.requireNpm("bittorrent-tracker");
    String[] addresses = {
      "http://127.0.0.1:6969/announce",
      "http://[::1]:6969/announce",
      "udp://127.0.0.1:6969/announce"
    };
    try (Program clients =
        NodeProgram.task(host.namespace(), folder, packages, "tracker-clients.js", addresses)) {
      Program.Ended ended = clients.await();
      assertThat(ended.output() + ended.errors())
          .isEqualTo(Arrays.stream(addresses).map(TOLD::formatted).collect(Collectors.joining()));
      assertThat(ended.code()).isZero();
    }
  }

  private double started(String protocol) {
    return host.daemon()
        .metric(
            "gatehouse_tracker_announce_events_total{event=\"started\",protocol=\"%s\"}"
                .formatted(protocol));
  }

  private static Path share(String name) throws Exception {
    byte[] content = new byte[SIZE];
    new Random(name.hashCode()).nextBytes(content);
    Path own = Files.createDirectory(folder.resolve(name));
    Files.write(own.resolve("file"), content);
    return own;
  }

  /** Clients take no peers on loopback, so all of it happens at the private address. */
  private Path torrent(Path there, String scheme) {
    Path torrent = folder.resolve(there.getFileName() + ".torrent");
    String announce = scheme + "://" + Namespace.PRIVATE_ADDRESS + ":6969/announce";
    Program.Ended made =
        host.namespace()
            .run(
                List.of(
                    Peer.require("transmission-create", "transmission-cli"),
                    "-p",
                    "-t",
                    announce,
                    "-o",
                    torrent.toString(),
                    there.resolve("file").toString()));
    assertThat(made.code()).as(made.errors()).isZero();
    return torrent;
  }

  private static List<String> transmission(Path data, Path torrent) {
    return List.of(
        Peer.require("transmission-cli", "transmission-cli"),
        "-g",
        data.resolve("settings").toString(),
        "-w",
        data.toString(),
        "-p",
        "7101",
        "-M",
        torrent.toString());
  }

  private static List<String> aria2(Path data, Path torrent) {
    return List.of(
        Peer.require("aria2c", "aria2"),
        "-d",
        data.toString(),
        "--listen-port=7102",
        // it asks by UDP only if it has a table of that kind at all
        "--enable-dht=true",
        "--dht-listen-port=7103",
        "--dht-file-path=" + data.resolve("dht"),
        "--enable-dht6=false",
        "--disable-ipv6=true",
        "--bt-enable-lpd=false",
        "--enable-peer-exchange=false",
        "--bt-tracker-interval=2",
        "--seed-time=0",
        "--summary-interval=0",
        torrent.toString());
  }

  private Program start(Path home, List<String> command) {
    return Program.start(at(home), host.namespace().inside(command));
  }

  private static Program.Setting at(Path home) {
    return Program.here(home).with("HOME", home.toString());
  }
}
