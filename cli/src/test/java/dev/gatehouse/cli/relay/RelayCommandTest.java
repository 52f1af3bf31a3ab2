package dev.gatehouse.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.v1.GetServerRequest;
import dev.gatehouse.v1.GetServerResponse;
import dev.gatehouse.v1.KickRequest;
import dev.gatehouse.v1.KickResponse;
import dev.gatehouse.v1.ListBansRequest;
import dev.gatehouse.v1.ListBansResponse;
import dev.gatehouse.v1.ListServersRequest;
import dev.gatehouse.v1.ListServersResponse;
import dev.gatehouse.v1.RelayBan;
import dev.gatehouse.v1.RelayConnection;
import dev.gatehouse.v1.RelayPhone;
import dev.gatehouse.v1.RelayServer;
import dev.gatehouse.v1.RelayServerState;
import dev.gatehouse.v1.RemoveBanRequest;
import dev.gatehouse.v1.RemoveBanResponse;
import io.grpc.Status;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RelayCommandTest extends DaemonTest {

  private static final Instant SINCE = Instant.parse("2026-05-13T10:00:00Z");
  private static final String SINCE_HERE = here(SINCE);
  private static final String SEEN_HERE = here(SINCE.plusSeconds(65));

  private static final RelayServer LIVE =
      RelayServer.newBuilder()
          .setServerId("5f3a1c9e")
          .setState(RelayServerState.RELAY_SERVER_STATE_LIVE)
          .setPhones(1)
          .setBinary(connection("server-5f3a1c9e-00000000", "0.9.1", 2048))
          .build();

  private static final RelayServer GRACED =
      RelayServer.newBuilder()
          .setServerId("0a1b")
          .setState(RelayServerState.RELAY_SERVER_STATE_GRACED)
          .setPhones(2)
          .setGraceLeft(Duration.newBuilder().setSeconds(12))
          .build();

  @Test
  void showsTheServerIds() {
    list();
    assertThat(run("relay servers")).isEqualTo(Cli.OK);
    run("relay servers --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            SERVER-ID  STATE         PHONES  VERSION  REMOTE     SINCE                LAST-SEEN            IN       OUT
            0a1b       graced (12s)  2       -        -          -                    -                    -        -
            5f3a1c9e   live          1       0.9.1    192.0.2.1  %s  %s  2.0 KiB  3 B
            {"version":1,"servers":[{"server_id":"0a1b","state":"graced","phones":2,\
            "grace_left_seconds":12},{"server_id":"5f3a1c9e","state":"live","phones":1,\
            "grace_left_seconds":0,"binary":{"conn_id":"server-5f3a1c9e-00000000","label":"0.9.1",\
            "remote":"192.0.2.1","since":"2026-05-13T10:00:00Z","last_seen":"2026-05-13T10:01:05Z",\
            "frames_in":1,"bytes_in":2048,"frames_out":2,"bytes_out":3}}]}
            """
                .formatted(SINCE_HERE, SEEN_HERE));
  }

  @Test
  void showsThoseThatAreAskedForInTheOrderAskedFor() {
    list();
    run("relay servers --state live --json");
    run("relay servers --state graced --json");
    run("relay servers --sort bytes --json");
    assertThat(screen().out().lines().map(RelayCommandTest::ids))
        .containsExactly("5f3a1c9e", "0a1b", "5f3a1c9e 0a1b");
    assertThat(run("relay servers --sort name")).isEqualTo(Cli.REFUSED);
  }

  @Test
  void asksForEveryPage() {
    daemon()
        .answers(
            ListServersRequest.class, ListServersResponse.newBuilder().addServers(LIVE).build());
    run("relay servers");
    assertThat(daemon().asked()).containsExactly(ListServersRequest.getDefaultInstance());
  }

  @Test
  void showsOneServerIdAndItsPhones() {
    daemon()
        .answers(
            GetServerRequest.class,
            GetServerResponse.newBuilder()
                .setServer(LIVE)
                .addPhones(
                    RelayPhone.newBuilder()
                        .setConnection(connection("client-5f3a1c9e-11111111", "Pixel\u001b[31m", 7))
                        .setOutboxBytes(300)
                        .setPaused(true))
                .build());
    assertThat(run("relay server 5f3a1c9e")).isEqualTo(Cli.OK);
    assertThat(screen().out())
        .contains("CONN-ID", "client-5f3a1c9e-11111111", "300 B (paused)")
        .doesNotContain("\u001b");
    run("relay server 5f3a1c9e --json");
    assertThat(screen().out())
        .contains("\"phone_list\":[{\"conn_id\":\"client-5f3a1c9e-11111111\"", "\"paused\":true");
  }

  @Test
  void kicksAServerIdAPhoneOrForATime() {
    daemon()
        .answers(
            KickRequest.class,
            KickResponse.newBuilder().setBinariesClosed(1).setPhonesClosed(2).build());
    assertThat(run("relay kick 5f3a1c9e")).isEqualTo(Cli.OK);
    run("relay kick 5f3a1c9e --for 10m");
    run("relay kick 5f3a1c9e --phone client-5f3a1c9e-11111111 --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            closed: 1 binary and 2 phones
            closed: 1 binary and 2 phones; 5f3a1c9e is banned for 10m 0s
            {"version":1,"server_id":"5f3a1c9e","binaries_closed":1,"phones_closed":2,\
            "banned_seconds":0}
            """);
    KickRequest kick = KickRequest.newBuilder().setServerId("5f3a1c9e").build();
    assertThat(daemon().asked())
        .containsExactly(
            kick,
            kick.toBuilder().setBan(Duration.newBuilder().setSeconds(600)).build(),
            kick.toBuilder().setConnId("client-5f3a1c9e-11111111").build());
  }

  @Test
  void aPhoneCannotBeBanned() {
    assertThat(run("relay kick 5f3a1c9e --phone x --for 1m")).isEqualTo(Cli.REFUSED);
    assertThat(daemon().asked()).isEmpty();
  }

  @Test
  void failsWhereNobodyIsKicked() {
    daemon()
        .fails(
            KickRequest.class,
            Status.NOT_FOUND.withDescription("a: nobody is connected by that name"));
    assertThat(run("relay kick a")).isEqualTo(Cli.FAILED);
    assertThat(screen().err()).isEqualTo("relay kick: a: nobody is connected by that name\n");
  }

  @Test
  void showsAndRemovesBans() {
    daemon()
        .answers(
            ListBansRequest.class,
            ListBansResponse.newBuilder()
                .addBans(RelayBan.newBuilder().setServerId("5f3a1c9e").setUntil(moment(SINCE)))
                .build())
        .answers(RemoveBanRequest.class, RemoveBanResponse.getDefaultInstance());
    assertThat(run("relay bans")).isEqualTo(Cli.OK);
    run("relay bans --json");
    run("relay bans remove 5f3a1c9e");
    run("relay bans remove 5f3a1c9e --json");
    assertThat(screen().out())
        .isEqualTo(
            """
            SERVER-ID  UNTIL
            5f3a1c9e   %s
            {"version":1,"bans":[{"server_id":"5f3a1c9e","until":"2026-05-13T10:00:00Z"}]}
            removed: 5f3a1c9e
            {"version":1,"server_id":"5f3a1c9e","outcome":"removed"}
            """
                .formatted(SINCE_HERE));
  }

  private static String ids(String line) {
    return Pattern.compile("\"server_id\":\"([^\"]+)")
        .matcher(line)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.joining(" "));
  }

  private void list() {
    daemon()
        .answers(
            ListServersRequest.class,
            ListServersResponse.newBuilder().addServers(GRACED).addServers(LIVE).build());
  }

  private static RelayConnection connection(String name, String label, long bytes) {
    return RelayConnection.newBuilder()
        .setConnId(name)
        .setLabel(label)
        .setRemote("192.0.2.1")
        .setSince(moment(SINCE))
        .setLastSeen(moment(SINCE.plusSeconds(65)))
        .setFramesIn(1)
        .setBytesIn(bytes)
        .setFramesOut(2)
        .setBytesOut(3)
        .build();
  }

  private static Timestamp moment(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).build();
  }

  private static String here(Instant at) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
        .format(at.atZone(ZoneId.systemDefault()));
  }
}
