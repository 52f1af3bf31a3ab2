package dev.gatehouse.cli.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.Verdict;
import org.junit.jupiter.api.Test;

class ExpectedEntriesTest {

  @Test
  void printsWhatIsFoundBeyondLoopbackAndIsNotOwn() {
    assertThat(ExpectedEntries.toml(Edge.exposure()))
        .isEqualTo(
            """
            [[watch.expected]]
            proto = "tcp"
            port = 22
            scope = "public"
            process = "sshd"

            [[watch.expected]]
            proto = "tcp"
            port = 6379
            scope = "public"
            process = "redis-server"

            [[watch.expected]]
            proto = "udp"
            port = 51820
            scope = "public"

            [[watch.expected]]
            proto = "tcp"
            port = 5432
            scope = "private"
            process = "postgres"
            """);
  }

  @Test
  void oneEntryCoversBothScopesOfOnePort() {
    Exposure exposure =
        Edge.of(
            Edge.SSH.toBuilder().setAddress("10.0.0.5").setScope(Scope.SCOPE_PRIVATE).build(),
            Edge.SSH);
    assertThat(ExpectedEntries.toml(exposure))
        .containsOnlyOnce("port = 22")
        .contains("scope = \"public\"");
  }

  @Test
  void leavesOutClientsOtherNamespacesAndOwnSurplus() {
    Exposure exposure =
        Edge.of(
            Edge.WIREGUARD.toBuilder().setEphemeral(true).build(),
            Edge.SSH.toBuilder().setNetns("3f2a9c0d11ee").build(),
            Edge.SSH.toBuilder().setVerdict(Verdict.VERDICT_SELF).build());
    assertThat(ExpectedEntries.toml(exposure))
        .isEqualTo("# nothing listens beyond loopback but Gatehouse itself\n");
  }

  @Test
  void namesTheUnitWhereTheProcessIsNotKnownAndEscapesBoth() {
    Exposure exposure =
        Edge.of(
            Edge.SSH.toBuilder().setPort(1).setProcess("").setUnit("a.service").build(),
            Edge.SSH.toBuilder().setPort(2).setProcess("q\"\\\né").build());
    assertThat(ExpectedEntries.toml(exposure))
        .contains("unit = \"a.service\"", "process = \"q\\\"\\\\\\U0000000a\\U000000e9\"");
  }

  @Test
  void theShortFormNamesTheProtocolOnlyWhereItIsNotTheDefault() {
    assertThat(ExpectedEntries.inline(Edge.WIREGUARD))
        .isEqualTo("{ proto = \"udp\", port = 51820, scope = \"public\" }");
    assertThat(ExpectedEntries.inline(Edge.SSH.toBuilder().setProcess("").build()))
        .isEqualTo("{ port = 22, unit = \"ssh.service\", scope = \"public\" }");
  }
}
