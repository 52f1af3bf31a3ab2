package dev.gatehouse.cli.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.v1.ClearThrottledRequest;
import dev.gatehouse.v1.ClearThrottledResponse;
import dev.gatehouse.v1.CollectRequest;
import dev.gatehouse.v1.CollectResponse;
import dev.gatehouse.v1.DeleteHashRulesRequest;
import dev.gatehouse.v1.DeleteHashRulesResponse;
import dev.gatehouse.v1.GetSwarmRequest;
import dev.gatehouse.v1.GetSwarmResponse;
import dev.gatehouse.v1.GetTrackerStatsRequest;
import dev.gatehouse.v1.GetTrackerStatsResponse;
import dev.gatehouse.v1.HashRule;
import dev.gatehouse.v1.HashVerdict;
import dev.gatehouse.v1.ListHashRulesRequest;
import dev.gatehouse.v1.ListHashRulesResponse;
import dev.gatehouse.v1.ListThrottledRequest;
import dev.gatehouse.v1.ListThrottledResponse;
import dev.gatehouse.v1.ProbeCheck;
import dev.gatehouse.v1.ProbeRequest;
import dev.gatehouse.v1.ProbeResponse;
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.v1.PutHashRulesResponse;
import dev.gatehouse.v1.RefreshSourcesRequest;
import dev.gatehouse.v1.RefreshSourcesResponse;
import dev.gatehouse.v1.RefreshedSource;
import dev.gatehouse.v1.RemoveSwarmRequest;
import dev.gatehouse.v1.RemoveSwarmResponse;
import dev.gatehouse.v1.SwarmPeer;
import dev.gatehouse.v1.ThrottledClient;
import dev.gatehouse.v1.TrackerClientCount;
import dev.gatehouse.v1.TrackerError;
import dev.gatehouse.v1.TrackerPort;
import dev.gatehouse.v1.TrackerRequests;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackerCommandTest extends DaemonTest {

  private static final String ONE = "3532cf2d327fad8448c075b4cb42c8136964a435";
  private static final String OTHER = "4532cf2d327fad8448c075b4cb42c8136964a435";
  private static final Timestamp TIME = Timestamp.newBuilder().setSeconds(1_767_323_045).build();
  private static final HashRule RULE =
      HashRule.newBuilder()
          .setInfoHash(ONE)
          .setVerdict(HashVerdict.HASH_VERDICT_DENY)
          .setNote("notice 7")
          .setDecided(TIME)
          .build();

  private static final GetTrackerStatsResponse STATS =
      GetTrackerStatsResponse.newBuilder()
          .setUptime(Duration.newBuilder().setSeconds(3700))
          .setTorrents(1000)
          .setSeeders(20)
          .setLeechers(30)
          .setIpv4Peers(40)
          .setIpv6Peers(10)
          .setDownloads(7)
          .setAnnounces(500)
          .setScrapes(6)
          .setAnnouncesPerSecond(12.25)
          .setRefusedPeers(3)
          .addPorts(TrackerPort.newBuilder().setProtocol("http").setAddress("[::]:6969"))
          .addPorts(TrackerPort.newBuilder().setProtocol("udp").setAddress("[::]:6969"))
          .addPreHooks("jwt")
          .setDeniedTorrents(1)
          .setLastCollection(TIME)
          .addRequests(request("http", "announce", 500))
          .addRequests(request("http", "scrape", 0))
          .addErrors(TrackerError.newBuilder().setText("invalid port").setCount(2))
          .addClients(TrackerClientCount.newBuilder().setClient("aria2").setPeers(4))
          .addClients(TrackerClientCount.newBuilder().setClient("other").setPeers(1))
          .setStorageUp(true)
          .build();

  @TempDir private Path folder;

  @Test
  void showsWhatTheTrackerKnowsAndDoes() {
    daemon().answers(GetTrackerStatsRequest.class, STATS);
    assertThat(run("tracker stats")).isEqualTo(Cli.OK);
    run("tracker stats --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            WHAT           HOW MUCH
            up             1h 1m
            listens on     http [::]:6969, udp [::]:6969
            torrents       1000
            peers          20 seeders, 30 leechers; no room for 3
            by family      40 IPv4, 10 IPv6
            downloads      7
            announces      500, 12.3 a second
            scrapes        6, 0.0 a second
            http announce  500
            refused        2, invalid port
            clients        aria2 4, other 1
            store          reached
            hooks          before: jwt; after: none
            rules          0 allow, 1 deny
            collected      2026-01-02 03:04:05
            {"version":1,"uptime_seconds":3700,"ports":[{"protocol":"http","address":"[::]:6969"},\
            {"protocol":"udp","address":"[::]:6969"}],"torrents":1000,"seeders":20,"leechers":30,\
            "ipv4_peers":40,"ipv6_peers":10,"refused_peers":3,"downloads":7,"announces":500,\
            "scrapes":6,"announces_per_second":12.25,"scrapes_per_second":0.0,\
            "pre_hooks":["jwt"],"post_hooks":[],"allowed":0,"denied":1,\
            "last_collection":"2026-01-02T03:04:05Z",\
            "requests":[{"protocol":"http","action":"announce","count":500},\
            {"protocol":"http","action":"scrape","count":0}],\
            "errors":[{"text":"invalid port","count":2}],\
            "clients":[{"client":"aria2","peers":4},{"client":"other","peers":1}],\
            "storage_up":true}
            """);
  }

  @Test
  void showsOneTorrent() {
    daemon()
        .answers(
            GetSwarmRequest.class,
            GetSwarmResponse.newBuilder().setSeeders(2).setLeechers(3).setRule(RULE).build());
    assertThat(run("tracker swarm " + ONE)).isEqualTo(Cli.OK);
    run("tracker swarm " + ONE + " --json");
    daemon().answers(GetSwarmRequest.class, GetSwarmResponse.getDefaultInstance());
    run("tracker swarm " + ONE);
    assertThat(screen().out())
        .isEqualTo(
            """
            2 seeders, 3 leechers, 0 downloads; rule: deny (notice 7)
            {"version":1,"info_hash":"%1$s","seeders":2,"leechers":3,"downloads":0,\
            "rule":{"info_hash":"%1$s","verdict":"deny","note":"notice 7",\
            "decided":"2026-01-02T03:04:05Z"},"peers":[]}
            0 seeders, 0 leechers, 0 downloads; no rule
            """
                .formatted(ONE));
  }

  @Test
  void showsThePeersOfATorrentToWhoeverWantsThem() {
    SwarmPeer.Builder peer =
        SwarmPeer.newBuilder().setAddress("192.0.2.1:6881").setClient("qBittorrent");
    daemon()
        .answers(
            GetSwarmRequest.class,
            GetSwarmResponse.newBuilder()
                .setLeechers(1)
                .addPeers(peer.setAge(Duration.newBuilder().setSeconds(61)))
                .addPeers(peer.setAddress("[2001:db8::1]:6881").setSeeder(true))
                .build());
    assertThat(run("tracker swarm " + ONE + " --peers 2")).isEqualTo(Cli.OK);
    run("tracker swarm " + ONE + " --peers 2 --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            0 seeders, 1 leechers, 0 downloads; no rule
            PEER                CLIENT       ROLE     AGE
            192.0.2.1:6881      qBittorrent  leecher  1m 1s
            [2001:db8::1]:6881  qBittorrent  seeder   1m 1s
            {"version":1,"info_hash":"%1$s","seeders":0,"leechers":1,"downloads":0,"rule":null,\
            "peers":[{"address":"192.0.2.1:6881","client":"qBittorrent","role":"leecher",\
            "age_seconds":61},{"address":"[2001:db8::1]:6881","client":"qBittorrent",\
            "role":"seeder","age_seconds":61}]}
            """
                .formatted(ONE));
    assertThat(daemon().asked())
        .contains(GetSwarmRequest.newBuilder().setInfoHash(ONE).setLimit(2).build());
    assertThat(run("tracker swarm " + ONE + " --peers 1001")).isEqualTo(Cli.REFUSED);
  }

  @Test
  void takesEverybodyOut() {
    daemon()
        .answers(
            RemoveSwarmRequest.class, RemoveSwarmResponse.newBuilder().setRemovedPeers(1).build());
    assertThat(run("tracker remove " + ONE)).isEqualTo(Cli.OK);
    run("tracker remove " + ONE + " --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            removed: 1 peer
            {"version":1,"outcome":"removed","info_hash":"%s","peers":1}
            """
                .formatted(ONE));
  }

  @Test
  void readsSourcesAndFailsWhereOneCannotBeRead() {
    RefreshedSource.Builder source = RefreshedSource.newBuilder().setHook("jwt").setEntries(2);
    daemon()
        .answers(
            RefreshSourcesRequest.class,
            RefreshSourcesResponse.newBuilder().addSources(source).build());
    assertThat(run("tracker refresh jwt")).isEqualTo(Cli.OK);
    daemon()
        .answers(
            RefreshSourcesRequest.class,
            RefreshSourcesResponse.newBuilder().addSources(source.setFailure("gone")).build());
    assertThat(run("tracker refresh")).isEqualTo(Cli.FAILED);
    assertThat(run("tracker refresh --json")).isEqualTo(Cli.FAILED);
    daemon().answers(RefreshSourcesRequest.class, RefreshSourcesResponse.getDefaultInstance());
    assertThat(run("tracker refresh")).isEqualTo(Cli.OK);
    assertThat(screen().out())
        .isEqualTo(
            """
            HOOK  ENTRIES  OUTCOME
            jwt   2        read
            HOOK  ENTRIES  OUTCOME
            jwt   2        gone
            {"version":1,"sources":[{"hook":"jwt","entries":2,"failure":"gone"}]}
            no hook reads anything
            """);
    assertThat(daemon().asked())
        .startsWith(RefreshSourcesRequest.newBuilder().setHook("jwt").build());
  }

  @Test
  void showsWhoIsThrottledAndLetsThemAskAgain() {
    daemon()
        .answers(
            ListThrottledRequest.class,
            ListThrottledResponse.newBuilder()
                .addClients(
                    ThrottledClient.newBuilder().setAddress("192.0.2.1").setLimit("request"))
                .build())
        .answers(
            ClearThrottledRequest.class, ClearThrottledResponse.newBuilder().setCleared(1).build());
    assertThat(run("tracker throttled --limit 7")).isEqualTo(Cli.OK);
    run("tracker throttled --json");
    assertThat(run("tracker throttled clear 192.0.2.1")).isEqualTo(Cli.OK);
    run("tracker throttled clear --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            ADDRESS    LIMIT
            192.0.2.1  request
            {"version":1,"clients":[{"limit":"request","address":"192.0.2.1"}]}
            cleared: 1 address
            {"version":1,"outcome":"cleared","addresses":1}
            """);
    assertThat(daemon().asked())
        .containsExactly(
            ListThrottledRequest.newBuilder().setLimit(7).build(),
            ListThrottledRequest.newBuilder().setLimit(100).build(),
            ClearThrottledRequest.newBuilder().setAddress("192.0.2.1").build(),
            ClearThrottledRequest.getDefaultInstance());
    assertThat(run("tracker throttled --limit 0")).isEqualTo(Cli.REFUSED);
  }

  @Test
  void aProbeIsALineForEachCheckAndFailsWithAnyOfThem() {
    ProbeCheck.Builder check =
        ProbeCheck.newBuilder().setName("udp: two in one swarm").setPassed(true).setDetail("yes");
    daemon().answers(ProbeRequest.class, ProbeResponse.newBuilder().addChecks(check).build());
    assertThat(run("tracker probe")).isEqualTo(Cli.OK);
    daemon()
        .answers(
            ProbeRequest.class,
            ProbeResponse.newBuilder()
                .addChecks(check)
                .addChecks(check.setPassed(false).setDetail("no answer"))
                .build());
    assertThat(run("tracker probe --http= --delay 250ms")).isEqualTo(Cli.FAILED);
    assertThat(run("tracker probe --json")).isEqualTo(Cli.FAILED);
    assertThat(screen().out())
        .isEqualTo(
            """
            ok      udp: two in one swarm: yes
            ok      udp: two in one swarm: yes
            failed  udp: two in one swarm: no answer
            {"version":1,"checks":[{"name":"udp: two in one swarm","passed":true,"detail":"yes"},\
            {"name":"udp: two in one swarm","passed":false,"detail":"no answer"}]}
            """);
    assertThat(daemon().asked())
        .startsWith(
            ProbeRequest.newBuilder()
                .setHttpUrl("http://127.0.0.1:6969/announce")
                .setUdpUrl("udp://127.0.0.1:6969")
                .setDelay(Duration.newBuilder().setSeconds(1))
                .build(),
            ProbeRequest.newBuilder()
                .setUdpUrl("udp://127.0.0.1:6969")
                .setDelay(Duration.newBuilder().setNanos(250_000_000))
                .build());
    assertThat(run("tracker probe --http= --udp=")).isEqualTo(Cli.REFUSED);
    assertThat(run("tracker probe --delay 6s")).isEqualTo(Cli.REFUSED);
  }

  @Test
  void showsTheRules() {
    daemon()
        .answers(
            ListHashRulesRequest.class, ListHashRulesResponse.newBuilder().addRules(RULE).build());
    assertThat(run("tracker rules")).isEqualTo(Cli.OK);
    run("tracker rules --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            TORRENT                                   VERDICT  DECIDED              NOTE
            %1$s  deny     2026-01-02 03:04:05  notice 7
            {"version":1,"rules":[{"info_hash":"%1$s","verdict":"deny","note":"notice 7",\
            "decided":"2026-01-02T03:04:05Z"}]}
            """
                .formatted(ONE));
  }

  @Test
  void decidesAboutTorrentsOfTheCommandLineAndOfAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("hashes"), "# of today\n\n" + OTHER + " # why\n");
    daemon().answers(PutHashRulesRequest.class, PutHashRulesResponse.getDefaultInstance());
    assertThat(run("tracker deny " + ONE + " --note notice --file " + file)).isEqualTo(Cli.OK);
    run("tracker allow " + ONE + " --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            denied: 2 torrents
            {"version":1,"outcome":"allowed","torrents":1}
            """);
    assertThat(daemon().asked())
        .containsExactly(
            PutHashRulesRequest.newBuilder()
                .addRules(rule(ONE, HashVerdict.HASH_VERDICT_DENY, "notice"))
                .addRules(rule(OTHER, HashVerdict.HASH_VERDICT_DENY, "notice"))
                .build(),
            PutHashRulesRequest.newBuilder()
                .addRules(rule(ONE, HashVerdict.HASH_VERDICT_ALLOW, ""))
                .build());
  }

  @Test
  void asksForATorrentBeforeItLooksForADaemon() {
    assertThat(run("tracker deny")).isEqualTo(Cli.REFUSED);
    assertThat(run("tracker forget")).isEqualTo(Cli.REFUSED);
    assertThat(screen().err()).contains("no torrent given; name info hashes, or a --file of them");
    assertThat(daemon().asked()).isEmpty();
  }

  @Test
  void takesBackWhatWasDecided() {
    daemon()
        .answers(
            DeleteHashRulesRequest.class,
            DeleteHashRulesResponse.newBuilder().setDeleted(1).build());
    assertThat(run("tracker forget " + ONE)).isEqualTo(Cli.OK);
    run("tracker forget " + ONE + " " + OTHER);
    run("tracker forget " + ONE + " --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            forgotten: 1 torrent
            forgotten: 1 torrent; no rule about 1
            {"version":1,"outcome":"forgotten","torrents":1,"unknown":0}
            """);
  }

  @Test
  void collectsNow() {
    daemon()
        .answers(
            CollectRequest.class,
            CollectResponse.newBuilder().setRemovedPeers(4).setRemovedTorrents(2).build());
    assertThat(run("tracker gc")).isEqualTo(Cli.OK);
    run("tracker gc --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            collected: 4 peers, 2 torrents
            {"version":1,"outcome":"collected","peers":4,"torrents":2}
            """);
  }

  private static TrackerRequests.Builder request(String protocol, String action, long count) {
    return TrackerRequests.newBuilder().setProtocol(protocol).setAction(action).setCount(count);
  }

  private static HashRule rule(String hash, HashVerdict verdict, String note) {
    return HashRule.newBuilder().setInfoHash(hash).setVerdict(verdict).setNote(note).build();
  }
}
