package dev.gatehouse.watch.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.LoggedEvent;
import dev.gatehouse.watch.LogScope;
import dev.gatehouse.watch.Owners;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Queues;
import dev.gatehouse.watch.exposure.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class ExposureLogTest {

  private static final Instant AT = Instant.parse("2030-01-01T00:00:10Z");

  @RegisterExtension final LogGuard guard = new LogGuard();

  private final ExposureLog log = new ExposureLog();

  private static Listener listener(String netns, String address, boolean ephemeral) {
    Binding binding =
        new Binding(
            netns,
            Protocol.UDP,
            AddressFamily.IPV4,
            SocketRows.address(address),
            "",
            53,
            V6Only.UNKNOWN);
    return new Listener(
        binding,
        Owners.ofUnit("dnsd", 9, "dns.service"),
        53,
        "dns",
        1,
        ephemeral,
        new Queues(0, 0, 0),
        Verdict.UNEXPECTED,
        "",
        "");
  }

  private static Listener listener(String address) {
    return listener(Binding.OWN_NETNS, address, false);
  }

  private void tell(ExposureEvent event, LogScope narrowest) {
    log.tell(List.of(event), narrowest, 0);
  }

  @Test
  void aLineSaysAllThatIsKnownOfTheListener() {
    tell(new ExposureEvent.Opened(AT, listener("0.0.0.0")), LogScope.PRIVATE);
    LoggedEvent line = guard.events("listener_opened").getFirst();
    assertThat(line.level()).isEqualTo(Level.INFO);
    assertThat(line.fields())
        .containsEntry("proto", "udp")
        .containsEntry("address", "0.0.0.0")
        .containsEntry("port", "53")
        .containsEntry("scope", "public")
        .containsEntry("process", "dnsd")
        .containsEntry("pid", "9")
        .containsEntry("uid", "53")
        .containsEntry("unit", "dns.service")
        .containsEntry("container", "")
        .containsEntry("verdict", "unexpected")
        .doesNotContainKey("netns");
  }

  @Test
  void anotherNamespaceIsNamed() {
    tell(new ExposureEvent.Closed(AT, listener("web", "0.0.0.0", false)), LogScope.PRIVATE);
    assertThat(guard.events("listener_closed").getFirst().fields()).containsEntry("netns", "web");
  }

  @ParameterizedTest
  @CsvSource({
    "LOOPBACK, 127.0.0.1, true",
    "PRIVATE, 127.0.0.1, false",
    "PRIVATE, 10.0.0.1, true",
    "PUBLIC, 10.0.0.1, false",
    "PUBLIC, 0.0.0.0, true",
    "OFF, 0.0.0.0, false",
  })
  void theOperatorChoosesWhichScopesAreTold(LogScope narrowest, String address, boolean told) {
    tell(new ExposureEvent.Opened(AT, listener(address)), narrowest);
    assertThat(guard.events("listener_opened").stream().anyMatch(l -> l.level() == Level.INFO))
        .isEqualTo(told);
  }

  @Test
  void possibleClientsAreNotTold() {
    tell(
        new ExposureEvent.Opened(AT, listener(Binding.OWN_NETNS, "0.0.0.0", true)),
        LogScope.LOOPBACK);
    assertThat(guard.events("listener_opened")).noneMatch(line -> line.level() == Level.INFO);
  }

  @Test
  void anOwnerThatChangedIsToldWhateverTheScope() {
    guard.expect("listener_owner_changed");
    Listener now = listener("127.0.0.1");
    tell(new ExposureEvent.OwnerChanged(AT, now, now), LogScope.OFF);
    assertThat(guard.events("listener_owner_changed").getFirst().fields())
        .containsEntry("was", "dnsd");
  }

  private static Drift drift(DriftKind kind, Optional<Listener> listener, String expected) {
    return new Drift(kind, listener, expected, AT.minusSeconds(90), "stop it");
  }

  @Test
  void driftSaysWhatWasExpectedAndWhatHelps() {
    guard.expect("exposure_drift");
    tell(
        new ExposureEvent.DriftBegan(
            AT, drift(DriftKind.WIDER, Optional.of(listener("0.0.0.0")), "{ port = 53 }")),
        LogScope.OFF);
    LoggedEvent line = guard.events("exposure_drift").getFirst();
    assertThat(line.level()).isEqualTo(Level.WARN);
    assertThat(line.fields())
        .containsEntry("kind", "wider")
        .containsEntry("port", "53")
        .containsEntry("expected", "{ port = 53 }")
        .containsEntry("remedy", "stop it");
  }

  @Test
  void aListenerOfOurOwnTooManyIsAnError() {
    guard.expect("exposure_drift");
    tell(
        new ExposureEvent.DriftBegan(
            AT, drift(DriftKind.SELF, Optional.of(listener("0.0.0.0")), "")),
        LogScope.OFF);
    LoggedEvent line = guard.events("exposure_drift").getFirst();
    assertThat(line.level()).isEqualTo(Level.ERROR);
    assertThat(line.fields()).doesNotContainKey("expected");
  }

  @Test
  void aDriftThatEndedSaysHowLongItWas() {
    tell(
        new ExposureEvent.DriftResolved(
            AT, drift(DriftKind.MISSING, Optional.empty(), "{ port = 53 }")),
        LogScope.OFF);
    assertThat(guard.events("exposure_drift_resolved").getFirst().fields())
        .containsEntry("lasted", "PT1M30S")
        .doesNotContainKey("port");
  }
}
