package dev.gatehouse.control.ops.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.ServerView.Service;
import dev.gatehouse.control.ops.FakeServer;
import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.ServiceState;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.WatchView;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.ConnectionCounts;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.ExposureSnapshot;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Queues;
import dev.gatehouse.watch.exposure.Resolution;
import dev.gatehouse.watch.exposure.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsolePageTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final Queues EMPTY_QUEUE = new Queues(0, 128, -1);

  @Test
  void showsVersionUptimeServicesAndListeners() {
    var relay = new Service("relay", ServiceState.STARTING, List.of("certificate"));
    var page = new ConsolePage(new FakeServer(List.of(relay)), null).answer("");
    assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("version 1.2.3", "up 0 h 1 min 1 s", "127.0.0.1:9090")
        .contains("<li class=\"starting\"><strong>relay</strong>")
        .contains("waits for certificate")
        .doesNotContain("Exposure");
  }

  @Test
  void theTableHasTheColumnsOfTheCommandLine() {
    assertThat(page(snapshot(listener("sshd", Verdict.EXPECTED))))
        .containsSubsequence(
            "PROTO", "ADDRESS", "SCOPE", "PROCESS", "PID", "USER", "UNIT", "QUEUE", "VERDICT")
        .containsSubsequence(
            "<td>tcp</td>",
            "<td>0.0.0.0:22</td>",
            "<td>public</td>",
            "<td>sshd</td>",
            "<td>812</td>",
            "<td>root</td>",
            "<td>ssh.service</td>",
            "<td>0/128</td>",
            "<td>expected</td>")
        .contains("2030-01-01 12:00:00 UTC \u00b7 1 listeners, 1 public");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'onmouseover='x",
        "&lt;b&gt;",
        "</td></table><h1>",
        "ab\u202edssh",
        "a\u0000\u001b[31m",
        "a\u2028b",
        "\ud800",
      })
  void aHostileNameIsOnlyEverText(String name) {
    String page = page(snapshot(listener(name, Verdict.EXPECTED)));
    String plain = page(snapshot(listener("sshd", Verdict.EXPECTED)));
    assertThat(tags(page)).isEqualTo(tags(plain));
    assertThat(page).doesNotContain(name);
    assertThat(page.codePoints())
        .noneMatch(c -> c == 0x202e || c == 0 || c == 0x1b || c == 0x2028 || c == 0xd800);
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"UNEXPECTED", "WIDER", "OWNER", "SELF"})
  void driftIsHighlighted(Verdict verdict) {
    assertThat(page(snapshot(listener("redis-server", verdict))))
        .contains("<tr class=\"drift\">", "<td>" + verdict.name() + "</td>");
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNEXPECTED", "WIDER", "OWNER", "SELF"})
  void everythingElseIsNot(Verdict verdict) {
    assertThat(page(snapshot(listener("redis-server", verdict)))).doesNotContain("class=\"drift");
  }

  @Test
  void eachDriftIsExplained() {
    Listener redis = listener("redis-server", Verdict.UNEXPECTED);
    var found =
        new Drift(DriftKind.UNEXPECTED, Optional.of(redis), "", NOON, "bind it to 127.0.0.1");
    var gone = new Drift(DriftKind.MISSING, Optional.empty(), "443/tcp", NOON, "start it");
    var snapshot =
        new ExposureSnapshot(
            NOON, 0, List.of(), List.of(redis), List.of(found, gone), List.of("a<b"), 0, true);
    assertThat(page(snapshot))
        .contains("unexpected: tcp 0.0.0.0:22 of redis-server, since 2030-01-01 12:00:00 UTC;")
        .contains("missing: 443/tcp, since")
        .contains("a&lt;b")
        .contains("older scan");
  }

  @Test
  void otherNamespacesAreLeftOut() {
    Listener own = listener("sshd", Verdict.EXPECTED);
    Listener other = with(binding("pod-1", "0.0.0.0", V6Only.UNKNOWN, "", Protocol.TCP), own);
    assertThat(page(snapshot(own, other))).contains("1 listeners");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, UNKNOWN, '', TCP, tcp, 0.0.0.0:22",
    "::, NO, '', TCP, tcp46, [::]:22",
    "::, YES, '', TCP, tcp, [::]:22",
    "::, UNKNOWN, '', UDP, udp, [::]:22",
    "::1, NO, '', UDP, udp, [::1]:22",
    "127.0.0.53, UNKNOWN, lo, UDP, udp, 127.0.0.53%lo:22",
  })
  void addressesAreWrittenAsInTheTable(
      String address, V6Only v6Only, String device, Protocol protocol, String proto, String text) {
    Listener listener =
        with(
            binding(Binding.OWN_NETNS, address, v6Only, device, protocol),
            listener("x", Verdict.OWN));
    assertThat(ExposureRow.cells(listener)).startsWith(proto, text);
  }

  @ParameterizedTest
  @CsvSource({
    "FD, sshd, sshd",
    "CGROUP, nginx, nginx~",
    "KERNEL, '', - (kernel)",
    "HIDDEN, '', - (hidden)",
    "PENDING, '', - (pending)",
    "OFF, '', -"
  })
  void anOwnerIsToldAsFarAsItIsKnown(Resolution resolution, String process, String text) {
    Owner owner = new Owner(resolution, process, -1, -1, "", "3f2a", "");
    List<String> cells = ExposureRow.cells(owned(owner, new Queues(-1, -1, -1)));
    assertThat(cells.subList(3, 8)).containsExactly(text, "-", "root", "container 3f2a", "-");
  }

  @Test
  void twinsAreCountedAndOwnServicesNamed() {
    Listener own =
        new Listener(
            binding(Binding.OWN_NETNS, "127.0.0.1", V6Only.UNKNOWN, "", Protocol.UDP),
            Owner.unknown(Resolution.OFF),
            0,
            "",
            2,
            false,
            new Queues(0, 0, 7),
            Verdict.OWN,
            "",
            "ops");
    assertThat(ExposureRow.cells(own))
        .containsExactly(
            "udp", "127.0.0.1:22 \u00d72", "loopback", "-", "-", "-", "-", "drops 7", "own (ops)");
  }

  private static String page(ExposureSnapshot snapshot) {
    return new ConsolePage(FakeServer.SERVING, new FakeWatch(snapshot)).answer("").body();
  }

  private static ExposureSnapshot snapshot(Listener... listeners) {
    return new ExposureSnapshot(
        NOON, 0, List.of(), List.of(listeners), List.of(), List.of(), 0, false);
  }

  private static Listener listener(String process, Verdict verdict) {
    Owner owner = new Owner(Resolution.FD, process, 812, 0, "ssh.service", "", "/usr/sbin/sshd");
    return new Listener(
        binding(Binding.OWN_NETNS, "0.0.0.0", V6Only.UNKNOWN, "", Protocol.TCP),
        owner,
        0,
        "root",
        1,
        false,
        EMPTY_QUEUE,
        verdict,
        "",
        "");
  }

  private static Listener owned(Owner owner, Queues queues) {
    return new Listener(
        binding(Binding.OWN_NETNS, "0.0.0.0", V6Only.UNKNOWN, "", Protocol.TCP),
        owner,
        0,
        "root",
        1,
        false,
        queues,
        Verdict.UNJUDGED,
        "",
        "");
  }

  private static Listener with(Binding binding, Listener listener) {
    return new Listener(
        binding,
        listener.owner(),
        0,
        "root",
        1,
        false,
        EMPTY_QUEUE,
        listener.verdict(),
        "",
        listener.service());
  }

  private static Binding binding(
      String netns, String address, V6Only v6Only, String device, Protocol protocol) {
    IpAddress ip = IpAddress.parse(address).orElseThrow();
    AddressFamily family = ip.family();
    return new Binding(netns, protocol, family, ip, device, 22, v6Only);
  }

  private static List<String> tags(String page) {
    return Pattern.compile("<[^>]*>").matcher(page).results().map(match -> match.group()).toList();
  }

  private record FakeWatch(ExposureSnapshot snapshot) implements WatchView {

    @Override
    public ExposureSnapshot exposure(boolean fresh) {
      assertThat(fresh).as("a page does not force a scan").isFalse();
      return snapshot;
    }

    @Override
    public Optional<ConnectionCounts> connections() {
      return Optional.empty();
    }

    @Override
    public Subscription subscribe(ScanListener listener) {
      return () -> {};
    }
  }
}
