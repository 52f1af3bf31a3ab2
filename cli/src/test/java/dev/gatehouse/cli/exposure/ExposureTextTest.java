package dev.gatehouse.cli.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.gatehouse.v1.Drift;
import dev.gatehouse.v1.DriftKind;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.Family;
import dev.gatehouse.v1.Listener;
import dev.gatehouse.v1.OwnerCounts;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.Resolution;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.SourceUse;
import dev.gatehouse.v1.Verdict;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureTextTest {

  private static final String GOLDEN =
      """
      edge-1 · 2026-05-13 10:04:05 · netlink · 6 listeners, 4 public · owners 4 of 6 known

      PROTO  ADDRESS              SCOPE     PROCESS       PID   USER       UNIT                    QUEUE    VERDICT
      tcp    0.0.0.0:22           public    sshd          812   root       ssh.service             0/128    expected
      tcp46  [::]:443             public    gatehouse     1204  gatehouse  gatehouse.service       0/4096   own (proxy)
      tcp    0.0.0.0:6379         public    redis-server  2231  redis      container 3f2a9c0d11ee  0/511    UNEXPECTED
      udp46  [::]:51820           public    - (kernel)    -     root       -                       drops 0  expected (WireGuard)
      tcp    10.0.0.5:5432        private   postgres~     990   postgres   postgresql@16.service   0/200    expected
      tcp    127.0.0.53%lo:53 ×2  loopback  - (hidden)    -     -          -                       0/-      ignored
      1 drift: tcp 0.0.0.0:6379 is not expected. Bind it to 127.0.0.1, stop it, or add it to watch.expected:
        { port = 6379, process = "redis-server", scope = "public" }
      1 owner is hidden; CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH show it.
      """;

  @Test
  void showsTheHostAsATable() {
    assertThat(text(Edge.exposure())).isEqualTo(GOLDEN);
  }

  @Test
  void aNarrowTerminalShortensTheUnitAndThenTheQueue() {
    assertThat(lines(narrow(110)))
        .contains(
            "tcp    0.0.0.0:6379         public    redis-server  2231  redis      container…"
                + "  0/511    UNEXPECTED");
    assertThat(lines(narrow(98)))
        .contains(
            "udp46  [::]:51820           public    - (kernel)    -     root       -     drop…"
                + "  expected (WireGuard)",
            "tcp    0.0.0.0:6379         public    redis-server  2231  redis      con…  0/511"
                + "  UNEXPECTED");
    assertThat(narrow(10)).isEqualTo(narrow(98));
    assertThat(narrow(122)).isEqualTo(GOLDEN);
    assertThat(narrow(121)).isNotEqualTo(GOLDEN);
  }

  @Test
  void coloursDriftRedItsOwnDimAndPublicYellow() {
    String text = new ExposureText(Integer.MAX_VALUE, true, ZoneOffset.UTC).of(Edge.exposure());
    assertThat(lines(text))
        .anyMatch(line -> line.startsWith("\u001b[31mtcp    0.0.0.0:6379"))
        .anyMatch(line -> line.startsWith("\u001b[2mtcp46  [::]:443"))
        .anyMatch(line -> line.startsWith("\u001b[33mtcp    0.0.0.0:22"))
        .anyMatch(line -> line.startsWith("tcp    10.0.0.5:5432"));
    assertThat(text.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(GOLDEN);
  }

  @Test
  void sortsByScopeProtocolPortAndAddressAsNumbers() {
    Exposure exposure =
        Edge.of(
            Edge.tcp("127.0.0.1", 1, Scope.SCOPE_LOOPBACK).build(),
            Edge.tcp("10.0.0.10", 80, Scope.SCOPE_PRIVATE).build(),
            Edge.tcp("10.0.0.9", 80, Scope.SCOPE_PRIVATE).build(),
            Edge.WIREGUARD,
            Edge.tcp("0.0.0.0", 443, Scope.SCOPE_PUBLIC).build(),
            Edge.tcp("0.0.0.0", 80, Scope.SCOPE_PUBLIC).build());
    assertThat(addresses(exposure))
        .containsExactly(
            "0.0.0.0:80",
            "0.0.0.0:443",
            "[::]:51820",
            "10.0.0.9:80",
            "10.0.0.10:80",
            "127.0.0.1:1");
  }

  @Test
  void noNameCanReachTheTerminalAsACommand() {
    Listener evil =
        Edge.SSH.toBuilder()
            .setProcess("a\u001b[2Jb")
            .setUser("c\u009bd")
            .setUnit("e\u202ef")
            .setNote("g\nh")
            .setAddress("i\rj")
            .build();
    String text = text(Edge.of(evil).toBuilder().setHost("k\u0007").addWarnings("l\u001b").build());
    assertThat(text)
        .contains("a\\u001b[2Jb", "c\\u009bd", "e\\u202ef", "(g\\u000ah)", "i\\u000dj:22")
        .startsWith("k\\u0007 · ")
        .endsWith("l\\u001b\n");
    assertThat(text.replace("\n", "")).doesNotContainPattern("\\p{Cntrl}");
  }

  @ParameterizedTest
  @CsvSource({
    "RESOLUTION_FD,-",
    "RESOLUTION_OFF,-",
    "RESOLUTION_KERNEL,- (kernel)",
    "RESOLUTION_HIDDEN,- (hidden)",
    "RESOLUTION_PENDING,- (pending)"
  })
  void saysWhyAnOwnerIsNotKnown(Resolution resolution, String cell) {
    Listener listener =
        Edge.tcp("0.0.0.0", 1, Scope.SCOPE_PUBLIC).setResolution(resolution).build();
    assertThat(ListenerCells.of(listener).get(3)).isEqualTo(cell);
  }

  @Test
  void otherNamespacesAndZonedAddressesAreNamed() {
    Listener listener =
        Edge.tcp("fe80::1", 80, Scope.SCOPE_PRIVATE)
            .setFamily(Family.FAMILY_IPV6)
            .setInterface("eth0")
            .setNetns("3f2a9c0d11ee")
            .setQueueLength(-1)
            .build();
    assertThat(ListenerCells.of(listener))
        .contains("[fe80::1%eth0]:80", "netns 3f2a9c0d11ee")
        .element(7)
        .isEqualTo("-");
  }

  @Test
  void everyKindOfDriftHasASentence() {
    String entry = "{ port = 22, process = \"sshd\" }";
    Exposure exposure =
        Edge.of(Edge.SSH).toBuilder()
            .addDrift(drift(DriftKind.DRIFT_KIND_WIDER, entry))
            .addDrift(drift(DriftKind.DRIFT_KIND_OWNER, entry))
            .addDrift(drift(DriftKind.DRIFT_KIND_MISSING, entry).toBuilder().clearListener())
            .addDrift(drift(DriftKind.DRIFT_KIND_SELF, ""))
            .build();
    assertThat(text(exposure))
        .endsWith(
            """
            4 drift:
            tcp 0.0.0.0:22 is public, wider than expected: { port = 22, process = "sshd" }. Do this.
            tcp 0.0.0.0:22 is held by sshd, not as expected: { port = 22, process = "sshd" }. Do this.
            nothing listens as expected: { port = 22, process = "sshd" }. Do this.
            tcp 0.0.0.0:22 is Gatehouse's own and not intended. Do this.
            """);
  }

  @Test
  void theFootTellsWhatTheTableCannot() {
    Exposure exposure =
        Edge.of(Edge.SSH).toBuilder()
            .addSources(
                SourceUse.newBuilder()
                    .setProto(Protocol.PROTOCOL_UDP)
                    .setFamily(Family.FAMILY_IPV6)
                    .setError("EPERM"))
            .setStale(true)
            .setAge(Duration.newBuilder().setSeconds(75))
            .setOmitted(3)
            .setOwners(OwnerCounts.newBuilder().setHidden(4))
            .setTruncated(9)
            .addWarnings("docker0: published ports may bypass this table")
            .build();
    assertThat(text(exposure))
        .startsWith("edge-1 · 2026-05-13 10:04:05 · netlink · 4 listeners, 1 public")
        .endsWith(
            """
            Not read: udp over ipv6 (EPERM).
            Stale: taken 1m 15s ago; a newer scan did not come in time.
            3 more listeners are left out; narrow the scope to see them.
            4 owners are hidden; CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH show them.
            The metrics leave out 9 series (watch.max_listening_series).
            docker0: published ports may bypass this table
            """);
  }

  @Test
  void anEmptyHostHasAHeadingAndNoRows() {
    Exposure empty = Edge.of().toBuilder().clearSources().build();
    assertThat(text(empty))
        .isEqualTo(
            """
            edge-1 · 2026-05-13 10:04:05 · nothing could be read · 0 listeners, 0 public · owners 0 of 0 known

            PROTO  ADDRESS  SCOPE  PROCESS  PID  USER  UNIT  QUEUE  VERDICT
            """);
  }

  @Test
  void ownersThatAreSwitchedOffAreNotCountedAsUnknown() {
    Exposure off =
        Edge.of(Edge.SSH).toBuilder().setOwners(OwnerCounts.newBuilder().setOff(1)).build();
    assertThat(text(off)).contains("1 listener, 1 public · owners off\n");
  }

  @Test
  void everyVerdictHasAWord() {
    assertThat(
            Stream.of(Verdict.values())
                .filter(verdict -> verdict != Verdict.UNRECOGNIZED)
                .map(verdict -> Edge.SSH.toBuilder().setVerdict(verdict).build())
                .map(listener -> ListenerCells.of(listener).getLast()))
        .containsExactly(
            "unknown",
            "own",
            "SELF",
            "ignored",
            "unjudged",
            "UNEXPECTED",
            "expected",
            "unverified",
            "WIDER",
            "OWNER");
  }

  private static Drift drift(DriftKind kind, String expected) {
    return Drift.newBuilder()
        .setKind(kind)
        .setListener(Edge.SSH)
        .setExpected(expected)
        .setRemedy("do this")
        .build();
  }

  private static String text(Exposure exposure) {
    return new ExposureText(Integer.MAX_VALUE, false, ZoneOffset.UTC).of(exposure);
  }

  private static String narrow(int columns) {
    return new ExposureText(columns, false, ZoneOffset.UTC).of(Edge.exposure());
  }

  private static String[] lines(String text) {
    return text.split("\n", -1);
  }

  private static Stream<String> addresses(Exposure exposure) {
    return text(exposure).lines().skip(3).map(line -> line.split(" +", -1)[1]);
  }
}
