package dev.gatehouse.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Cli;
import dev.gatehouse.cli.DaemonTest;
import dev.gatehouse.cli.Screen;
import dev.gatehouse.v1.ListBansRequest;
import dev.gatehouse.v1.ListBansResponse;
import dev.gatehouse.v1.ListListenersRequest;
import dev.gatehouse.v1.ListListenersResponse;
import dev.gatehouse.v1.ListRoutesRequest;
import dev.gatehouse.v1.ListRoutesResponse;
import dev.gatehouse.v1.ListServersRequest;
import dev.gatehouse.v1.ListServersResponse;
import dev.gatehouse.v1.ListenerStatus;
import dev.gatehouse.v1.RelayBan;
import dev.gatehouse.v1.RelayServer;
import dev.gatehouse.v1.Route;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompleteCommandTest extends DaemonTest {

  @Test
  void printsTheNamesThatTheDaemonKnowsOncePerName() {
    daemon()
        .answers(
            ListListenersRequest.class,
            ListListenersResponse.newBuilder()
                .addListeners(ListenerStatus.newBuilder().setAddr(":443"))
                .addListeners(ListenerStatus.newBuilder().setAddr("[::1]:8443"))
                .build())
        .answers(
            ListRoutesRequest.class, routes("git.example.org", "*.example.org", "git.example.org"));
    assertThat(run("complete hostnames")).isEqualTo(Cli.OK);
    assertThat(screen().out()).isEqualTo("git.example.org\n*.example.org\n");
    run("complete listeners hostnames");
    assertThat(screen().out()).endsWith("\n:443\n[::1]:8443\ngit.example.org\n*.example.org\n");
  }

  @Test
  void printsServerIdsAndThoseThatAreBanned() {
    daemon()
        .answers(
            ListServersRequest.class,
            ListServersResponse.newBuilder()
                .addServers(RelayServer.newBuilder().setServerId("5f3a1c9e-7b21"))
                .addServers(RelayServer.newBuilder().setServerId("a$b"))
                .build())
        .answers(
            ListBansRequest.class,
            ListBansResponse.newBuilder()
                .addBans(RelayBan.newBuilder().setServerId("banned"))
                .build());
    assertThat(run("complete servers bans")).isEqualTo(Cli.OK);
    assertThat(screen().out()).isEqualTo("5f3a1c9e-7b21\nbanned\n");
  }

  @Test
  void keepsWhatAShellWouldRunToItself() {
    daemon()
        .answers(
            ListRoutesRequest.class, routes("$(reboot)", "a b", "`x`", "a;b", "", "ok.example"));
    run("complete hostnames");
    assertThat(screen().out()).isEqualTo("ok.example\n");
  }

  @Test
  void isSilentWithoutADaemonAndWithOneThatRefuses() {
    assertThat(run("complete hostnames")).isEqualTo(Cli.OK);
    Screen alone =
        Screen.withEnvironment(Map.of("GATEHOUSE_SOCKET", folder().resolve("absent").toString()));
    assertThat(alone.run("complete", "listeners")).isEqualTo(Cli.OK);
    assertThat(screen().out() + screen().err() + alone.out() + alone.err()).isEmpty();
  }

  @Test
  void isNotShownToPeople() {
    run("--help");
    assertThat(screen().out()).doesNotContain("  complete ");
  }

  private static ListRoutesResponse routes(String... hostnames) {
    ListRoutesResponse.Builder routes = ListRoutesResponse.newBuilder();
    for (String hostname : hostnames) {
      routes.addRoutes(Route.newBuilder().setHostname(hostname));
    }
    return routes.build();
  }
}
