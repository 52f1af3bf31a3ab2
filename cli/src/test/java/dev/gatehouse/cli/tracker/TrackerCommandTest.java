package dev.gatehouse.cli.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
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
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.v1.PutHashRulesResponse;
import dev.gatehouse.v1.TrackerPort;
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
            WHAT        HOW MUCH
            up          1h 1m
            listens on  http [::]:6969, udp [::]:6969
            torrents    1000
            peers       20 seeders, 30 leechers; no room for 3
            by family   40 IPv4, 10 IPv6
            downloads   7
            announces   500, 12.3 a second
            scrapes     6, 0.0 a second
            hooks       before: jwt; after: none
            rules       0 allow, 1 deny
            collected   2026-01-02 03:04:05
            {"version":1,"uptime_seconds":3700,"ports":[{"protocol":"http","address":"[::]:6969"},\
            {"protocol":"udp","address":"[::]:6969"}],"torrents":1000,"seeders":20,"leechers":30,\
            "ipv4_peers":40,"ipv6_peers":10,"refused_peers":3,"downloads":7,"announces":500,\
            "scrapes":6,"announces_per_second":12.25,"scrapes_per_second":0.0,\
            "pre_hooks":["jwt"],"post_hooks":[],"allowed":0,"denied":1,\
            "last_collection":"2026-01-02T03:04:05Z"}
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
            "decided":"2026-01-02T03:04:05Z"}}
            0 seeders, 0 leechers, 0 downloads; no rule
            """
                .formatted(ONE));
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

  private static HashRule rule(String hash, HashVerdict verdict, String note) {
    return HashRule.newBuilder().setInfoHash(hash).setVerdict(verdict).setNote(note).build();
  }
}
