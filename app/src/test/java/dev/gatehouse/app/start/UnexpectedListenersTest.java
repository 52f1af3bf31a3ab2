package dev.gatehouse.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.boot.Bound;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.host.OwnListeners;
import dev.gatehouse.testkit.LogGuard;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnexpectedListenersTest {

  private static final OwnListeners.Bound LEAK =
      new OwnListeners.Bound(Protocol.UDP, IpAddress.ANY_IPV4, "", 5353);

  @RegisterExtension private final LogGuard log = new LogGuard();
  private OwnListeners kernel = new OwnListeners.Read(Set.of());
  private final UnexpectedListeners.Recheck recheck =
      new UnexpectedListeners.Recheck(Set::of, () -> kernel);

  @Test
  void tellsASurplusSocketOnceForAsLongAsItLasts() {
    log.expect("unexpected_listener");
    kernel = new OwnListeners.Read(Set.of(LEAK));
    recheck.run();
    recheck.run();
    assertThat(log.events("unexpected_listener")).hasSize(1);
    assertThat(recheck.surplus())
        .containsExactly(new Bound(Protocol.UDP, IpAddress.ANY_IPV4, 5353));
  }

  @Test
  void forgetsItWhenItIsClosed() {
    log.expect("unexpected_listener");
    kernel = new OwnListeners.Read(Set.of(LEAK));
    recheck.run();
    kernel = new OwnListeners.Read(Set.of());
    recheck.run();
    assertThat(recheck.surplus()).isEmpty();
  }

  @Test
  void aKernelThatDoesNotAnswerChangesNothing() {
    log.expect("unexpected_listener");
    kernel = new OwnListeners.Read(Set.of(LEAK));
    recheck.run();
    kernel = new OwnListeners.Unreadable("timeout");
    recheck.run();
    assertThat(recheck.surplus()).hasSize(1);
  }
}
