package dev.gatehouse.e2e.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What opentracker answers, Gatehouse answers too, but for differences that are meant. */
@Timeout(120)
class OpentrackerTest {

  private static final int REQUESTS = 10_000;

  /** How many of them go by HTTP, which needs a connection for each. */
  private static final int EVERY = 4;

  private static final String REFUSED = "%cc".repeat(20);

  @TempDir private Path folder;
  private TrackerHost host;
  private Opentracker opentracker;
  private Announcer there;
  private Announcer here;
  private long idThere;
  private long idHere;

  @BeforeEach
  void open() throws Exception {
    host = new TrackerHost(folder, configuration());
    opentracker = Opentracker.start(host, Recording.hashes());
    there = host.from("127.0.0.1", Opentracker.PORT);
    here = host.from("127.0.0.1");
    idThere = there.connect();
    idHere = here.connect();
  }

  @AfterEach
  void close() throws Exception {
    there.close();
    here.close();
    opentracker.close();
    host.close();
  }

  private static String configuration() {
    return TrackerHost.OPEN
        + """
        [[tracker.prehooks]]
        name = "torrent approval"
        config.initial_source = "list"
        config.configuration = { hash_list = ["%s"] }
        [tracker.limits]
        error_replies_per_address = 1000
        """
            .formatted(String.join("\", \"", Recording.hashes()));
  }

  @Test
  void tenThousandRequestsAreAnsweredAlike() throws Exception {
    Recording recording = new Recording(20);
    for (int i = 0; i < REQUESTS; i++) {
      Recording.Request request = recording.next();
      boolean http = i % EVERY == 0;
      switch (request) {
        case Recording.Announce announce -> compare(i, announce, http);
        case Recording.Scrape scrape -> compare(i, scrape, http, recording);
      }
    }
  }

  private void compare(int number, Recording.Announce announce, boolean http) throws Exception {
    Told theirs =
        http ? Told.of(there.dictionary(announce.target())) : told(there, idThere, announce);
    Told ours = http ? Told.of(here.dictionary(announce.target())) : told(here, idHere, announce);
    String what = number + ": " + announce;
    assertThat(ours.complete()).as(what).isEqualTo(theirs.complete());
    assertThat(ours.incomplete()).as(what).isEqualTo(theirs.incomplete());
    if (announce.isStopped()) {
      assertThat(ours.peers()).as(what).isEmpty();
      assertThat(theirs.peers()).as(what).isEmpty();
      return;
    }
    // theirs: anybody, the one that asks too; ours: those who are of use, and itself if alone
    int swarm = announce.others().size() + 1;
    assertThat(theirs.peers()).as(what).hasSize(Math.min(announce.wanted(), swarm));
    List<Integer> useful =
        announce.others().isEmpty() ? List.of(announce.port()) : announce.useful();
    assertThat(ours.peers())
        .as(what)
        .doesNotHaveDuplicates()
        .isSubsetOf(useful)
        .hasSize(Math.min(announce.wanted(), useful.size()));
    if (announce.wanted() >= swarm) {
      assertThat(theirs.peers()).as(what).containsAll(ours.peers());
    }
  }

  private void compare(int number, Recording.Scrape scrape, boolean http, Recording recording)
      throws Exception {
    List<Long> theirs = http ? counts(there, scrape) : counts(there, idThere, scrape);
    List<Long> ours = http ? counts(here, scrape) : counts(here, idHere, scrape);
    String what = number + ": " + scrape;
    assertThat(ours).as(what).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i += 3) {
      assertThat(ours.get(i)).as(what).isEqualTo(theirs.get(i));
      assertThat(ours.get(i + 2)).as(what).isEqualTo(theirs.get(i + 2));
      // theirs counts a seeder that completes as well
      long completions = recording.completions(scrape.torrents().get(i / 3));
      assertThat(ours.get(i + 1))
          .as(what)
          .isEqualTo(completions)
          .isLessThanOrEqualTo(theirs.get(i + 1));
    }
  }

  @Test
  void whatAClientDoesWrongIsToldApartAsItIsMeant() throws Exception {
    String rest = "&peer_id=-TR3000-000000000001&port=1&uploaded=0&downloaded=0&left=1";
    String known = "/announce?info_hash=" + Recording.escaped(1);
    assertThat(there.dictionary("/announce?info_hash=" + REFUSED + rest))
        .containsKey("failure reason");
    assertThat(failure("/announce?info_hash=" + REFUSED + rest))
        .isEqualTo("torrent not allowed by gatehouse");
    assertThat(there.get("/announce?info_hash=%aa" + rest)).contains(" 400 ");
    assertThat(failure("/announce?info_hash=%aa" + rest)).isEqualTo("no info hash supplied");
    assertThat(there.get(known + rest + "&compact=0")).contains(" 400 ");
    assertThat(Bencode.of(here.dictionary(known + rest + "&compact=0"), "peers", List.class).size())
        .isEqualTo(1);
    assertThat(there.dictionary(known + rest.replace("port=1", "port=0"))).containsKey("peers");
    assertThat(failure(known + rest.replace("port=1", "port=0"))).isEqualTo("invalid port");
    assertThat(there.dictionary(known + rest.replace("&left=1", ""))).containsKey("peers");
    assertThat(failure(known + rest.replace("&left=1", "")))
        .isEqualTo("parameter 'left' invalid or not provided");
    assertThat(here.dictionary(known + rest)).containsKeys("peers").doesNotContainKey("downloaded");
    assertThat(failure("/scrape")).isEqualTo("no info hash supplied");
    assertThat(files(here.dictionary("/scrape?info_hash=" + REFUSED))).hasSize(1);
    assertThat(files(there.dictionary("/scrape?info_hash=" + REFUSED))).isEmpty();
  }

  @Test
  void datagramsThatAreWrongAreAnsweredOrNotAsItIsMeant() throws Exception {
    ByteBuffer badId = header(0x0102_0304_0506_0708L, 1);
    assertThat(text(there.mayAsk(badId))).contains("error");
    assertThat(text(here.mayAsk(badId))).isEqualTo("error bad connection ID\0");
    assertThat(there.mayAsk(header(idThere, 1).putInt(7))).isEmpty();
    assertThat(text(here.mayAsk(header(idHere, 1).putInt(7))))
        .isEqualTo("error malformed packet\0");
    assertThat(there.mayAsk(header(idThere, 9))).isEmpty();
    assertThat(text(here.mayAsk(header(idHere, 9)))).isEqualTo("error unknown action ID\0");
    assertThat(there.mayAsk(header(7, 0))).isEmpty();
    assertThat(here.mayAsk(header(7, 0))).isEmpty();
    assertThat(there.mayAsk(ByteBuffer.allocate(15).position(15))).isEmpty();
    assertThat(here.mayAsk(ByteBuffer.allocate(15).position(15))).isEmpty();
    assertThat(there.mayAsk(header(idThere, 2)).orElseThrow().remaining()).isEqualTo(8);
    assertThat(text(here.mayAsk(header(idHere, 2)))).isEqualTo("error malformed packet\0");
  }

  private String failure(String target) throws Exception {
    return Bencode.of(here.dictionary(target), "failure reason", String.class);
  }

  private static String text(Optional<ByteBuffer> answer) {
    ByteBuffer bytes = answer.orElseThrow();
    String kind = bytes.getInt() == 3 ? "error " : "";
    return kind + StandardCharsets.US_ASCII.decode(bytes.position(8));
  }

  private static ByteBuffer header(long id, int action) {
    return ByteBuffer.allocate(512).putLong(id).putInt(action).putInt(55);
  }

  private static Told told(Announcer client, long id, Recording.Announce announce)
      throws Exception {
    ByteBuffer request = header(id, 1).put(hash(announce.torrent()));
    request.put(Recording.peerId(announce.port()).getBytes(StandardCharsets.US_ASCII));
    request.putLong(0).putLong(announce.seeder() ? 0 : 1).putLong(0).putInt(announce.event());
    request.putInt(0).putInt(0).putInt(announce.wanted()).putShort((short) announce.port());
    return Told.of(client.ask(request));
  }

  private static byte[] hash(int torrent) {
    return HexFormat.of().parseHex(Recording.hex(torrent));
  }

  private static List<Long> counts(Announcer client, long id, Recording.Scrape scrape)
      throws Exception {
    ByteBuffer request = header(id, 2);
    scrape.torrents().forEach(torrent -> request.put(hash(torrent)));
    ByteBuffer answer = client.ask(request).position(8);
    List<Long> counts = new ArrayList<>();
    while (answer.hasRemaining()) {
      counts.add((long) answer.getInt());
    }
    return counts;
  }

  private static List<Long> counts(Announcer client, Recording.Scrape scrape) throws Exception {
    Map<?, ?> files = files(client.dictionary(scrape.target()));
    List<Long> counts = new ArrayList<>();
    for (int torrent : scrape.torrents()) {
      String hash = new String(hash(torrent), StandardCharsets.ISO_8859_1);
      Map<?, ?> each = Bencode.of(files, hash, Map.class);
      for (String key : List.of("complete", "downloaded", "incomplete")) {
        counts.add(Bencode.of(each, key, Long.class));
      }
    }
    return counts;
  }

  private static Map<?, ?> files(Map<String, Object> scraped) {
    return Bencode.of(scraped, "files", Map.class);
  }

  /** What an announce was told, whatever it came by: counts, and the ports of peers. */
  private record Told(long complete, long incomplete, List<Integer> peers) {

    static Told of(Map<String, Object> answer) {
      String peers = Bencode.of(answer, "peers", String.class);
      ByteBuffer packed = ByteBuffer.wrap(peers.getBytes(StandardCharsets.ISO_8859_1));
      return new Told(
          Bencode.of(answer, "complete", Long.class),
          Bencode.of(answer, "incomplete", Long.class),
          ports(packed));
    }

    static Told of(ByteBuffer answer) {
      return new Told(answer.getInt(16), answer.getInt(12), ports(answer.position(20)));
    }

    private static List<Integer> ports(ByteBuffer packed) {
      List<Integer> ports = new ArrayList<>();
      while (packed.hasRemaining()) {
        packed.getInt();
        ports.add(Short.toUnsignedInt(packed.getShort()));
      }
      return ports;
    }
  }
}
