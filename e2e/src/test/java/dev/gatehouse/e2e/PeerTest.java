package dev.gatehouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class PeerTest {

  @Test
  void findsACommandOnThePath() {
    assertThat(Peer.require("sh", "dash", true)).endsWith("/sh");
  }

  @Test
  void aMissingPeerSkipsTheTestAndNamesItsPackage() {
    assertThatThrownBy(() -> Peer.require("no-such-command", "its-package", false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("no-such-command is missing: apt install its-package");
  }

  @Test
  void aMissingPeerFailsTheTestWhereItMustExist() {
    assertThatThrownBy(() -> Peer.require("no-such-command", "its-package", true))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("no-such-command is missing: apt install its-package");
  }
}
