package dev.gatehouse.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.app.boot.BootRefusedException;
import dev.gatehouse.app.boot.Bound;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.host.OwnListeners;
import dev.gatehouse.testkit.LogGuard;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OwnSocketAuditTest {

  private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
  private static final OwnListeners.Bound OPS =
      new OwnListeners.Bound(Protocol.TCP, LOOPBACK, "", 9090);
  private static final OwnListeners.Bound JMX =
      new OwnListeners.Bound(Protocol.TCP, IpAddress.ANY_IPV6, "", 7091);
  private static final Set<Bound> INTENDED = Set.of(new Bound(Protocol.TCP, LOOPBACK, 9090));

  @RegisterExtension private final LogGuard log = new LogGuard();

  @Test
  void passesWhenTheKernelShowsWhatWasIntended() {
    assertThatCode(() -> audit(true, read(OPS)).start()).doesNotThrowAnyException();
  }

  @Test
  void refusesASocketThatNobodyIntended() {
    assertThatExceptionOfType(BootRefusedException.class)
        .isThrownBy(() -> audit(false, read(OPS, JMX), read(OPS, JMX)).start())
        .withMessage(
            "audit: listening but not intended: tcp [::]:7091 (public);"
                + " close it or add it to the configuration");
  }

  @Test
  void refusesASocketThatIsNotThere() {
    assertThatExceptionOfType(BootRefusedException.class)
        .isThrownBy(() -> audit(false, read(), read()).start())
        .withMessage("audit: intended but not listening: tcp 127.0.0.1:9090");
  }

  @Test
  void looksTwiceBeforeItRefuses() {
    assertThatCode(() -> audit(true, read(OPS, JMX), read(OPS)).start()).doesNotThrowAnyException();
  }

  @Test
  void goesOnWithAWarningWhereTheKernelDoesNotAnswer() throws BootRefusedException {
    log.expect("own_sockets_unreadable");
    audit(false, new OwnListeners.Unreadable("EPERM")).start();
    assertThat(log.events("own_sockets_unreadable"))
        .singleElement()
        .satisfies(
            event -> assertThat(String.valueOf(event.fields().get("reason"))).contains("EPERM"));
  }

  @Test
  void productionIsNotBlind() {
    OwnListeners unreadable = new OwnListeners.Unreadable("EPERM");
    assertThatExceptionOfType(BootRefusedException.class)
        .isThrownBy(() -> audit(true, unreadable, unreadable).start());
  }

  private static OwnListeners read(OwnListeners.Bound... bound) {
    return new OwnListeners.Read(Set.of(bound));
  }

  private static OwnSocketAudit audit(boolean production, OwnListeners... looks) {
    Deque<OwnListeners> answers = new ArrayDeque<>(List.of(looks));
    return new OwnSocketAudit(() -> INTENDED, answers::remove, production);
  }
}
