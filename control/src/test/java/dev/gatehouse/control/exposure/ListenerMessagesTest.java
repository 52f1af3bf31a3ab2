package dev.gatehouse.control.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.call.TimeMessages;
import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.exposure.Binding;
import dev.gatehouse.watch.exposure.Drift;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.Listener;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Queues;
import dev.gatehouse.watch.exposure.Resolution;
import dev.gatehouse.watch.exposure.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenerMessagesTest {

  private static final Listener FULL =
      new Listener(
          new Binding(
              "3f2a9c0d11ee",
              Protocol.UDP,
              AddressFamily.IPV6,
              IpAddress.ANY_IPV6,
              "wg0",
              51820,
              V6Only.NO),
          new Owner(Resolution.CGROUP, "wg", 7, 1001, "wg.service", "3f2a9c0d11ee", "/usr/bin/wg"),
          4_294_967_294L,
          "wg",
          2,
          true,
          new Queues(3, 212_992, 9),
          Verdict.WIDER,
          "WireGuard",
          "relay");

  @Test
  void everyFieldArrives() {
    assertThat(ListenerMessages.of(FULL))
        .isEqualTo(
            dev.gatehouse.v1.Listener.newBuilder()
                .setProto(dev.gatehouse.v1.Protocol.PROTOCOL_UDP)
                .setFamily(dev.gatehouse.v1.Family.FAMILY_IPV6)
                .setAddress("::")
                .setInterface("wg0")
                .setPort(51820)
                .setScope(dev.gatehouse.v1.Scope.SCOPE_PUBLIC)
                .setV6Only(dev.gatehouse.v1.V6Only.V6_ONLY_NO)
                .setProcess("wg")
                .setPid(7)
                .setUid(4_294_967_294L)
                .setUser("wg")
                .setUnit("wg.service")
                .setContainer("3f2a9c0d11ee")
                .setNetns("3f2a9c0d11ee")
                .setResolution(dev.gatehouse.v1.Resolution.RESOLUTION_CGROUP)
                .setSockets(2)
                .setEphemeral(true)
                .setQueueLength(3)
                .setQueueLimit(212_992)
                .setDrops(9)
                .setVerdict(dev.gatehouse.v1.Verdict.VERDICT_WIDER)
                .setNote("WireGuard")
                .setService("relay")
                .setOwnerUid(1001)
                .setExe("/usr/bin/wg")
                .build());
  }

  @Test
  void anUnknownOwnerHasNeitherPidNorUser() {
    dev.gatehouse.v1.Listener message =
        ListenerMessages.of(
            new Listener(
                FULL.binding(),
                Owner.unknown(Resolution.HIDDEN),
                0,
                "",
                1,
                false,
                new Queues(-1, -1, -1),
                Verdict.UNJUDGED,
                "",
                ""));
    assertThat(message.hasPid()).isFalse();
    assertThat(message.hasOwnerUid()).isFalse();
    assertThat(message.getQueueLimit()).isEqualTo(-1);
  }

  @Test
  void rootIsAUserThatIsKnown() {
    dev.gatehouse.v1.Listener message = ListenerMessages.of(Samples.listener("0.0.0.0", 22));
    assertThat(message.hasOwnerUid()).isTrue();
    assertThat(message.getOwnerUid()).isZero();
  }

  @Test
  void driftCarriesItsListenerUnlessItIsMissing() {
    Drift wider =
        new Drift(DriftKind.WIDER, Optional.of(FULL), "{ port = 1 }", Samples.NOON, "narrow it");
    assertThat(ListenerMessages.of(wider))
        .isEqualTo(
            dev.gatehouse.v1.Drift.newBuilder()
                .setKind(dev.gatehouse.v1.DriftKind.DRIFT_KIND_WIDER)
                .setListener(ListenerMessages.of(FULL))
                .setExpected("{ port = 1 }")
                .setSince(TimeMessages.of(Samples.NOON))
                .setRemedy("narrow it")
                .build());
    assertThat(ListenerMessages.of(Samples.missing()).hasListener()).isFalse();
  }
}
