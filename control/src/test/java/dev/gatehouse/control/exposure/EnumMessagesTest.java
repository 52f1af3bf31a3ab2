package dev.gatehouse.control.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.V6Only;
import dev.gatehouse.watch.exposure.Direction;
import dev.gatehouse.watch.exposure.DriftKind;
import dev.gatehouse.watch.exposure.Resolution;
import dev.gatehouse.watch.exposure.Verdict;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EnumMessagesTest {

  @Test
  void everyValueOfTheWatchHasTheValueOfTheSameName() {
    assertSameNames("PROTOCOL_", Protocol.values(), EnumMessages::of);
    assertSameNames("FAMILY_", AddressFamily.values(), EnumMessages::of);
    assertSameNames("SCOPE_", AddressScope.values(), EnumMessages::of);
    assertSameNames("SOURCE_", SocketSource.values(), EnumMessages::of);
    assertSameNames("V6_ONLY_", V6Only.values(), EnumMessages::of);
    assertSameNames("RESOLUTION_", Resolution.values(), EnumMessages::of);
    assertSameNames("VERDICT_", Verdict.values(), EnumMessages::of);
    assertSameNames("DRIFT_KIND_", DriftKind.values(), EnumMessages::of);
    assertSameNames("DIRECTION_", Direction.values(), EnumMessages::of);
  }

  @Test
  void everyValueOfTheControlApiIsUsed() {
    assertAllUsed(dev.gatehouse.v1.Verdict.values(), Verdict.values(), EnumMessages::of);
    assertAllUsed(dev.gatehouse.v1.Resolution.values(), Resolution.values(), EnumMessages::of);
    assertAllUsed(dev.gatehouse.v1.DriftKind.values(), DriftKind.values(), EnumMessages::of);
    assertAllUsed(dev.gatehouse.v1.Scope.values(), AddressScope.values(), EnumMessages::of);
  }

  private static <E extends Enum<E>> void assertSameNames(
      String prefix, E[] values, Function<E, Enum<?>> mapping) {
    for (E value : values) {
      assertThat(mapping.apply(value).name()).isEqualTo(prefix + value.name());
    }
  }

  private static <E extends Enum<E>, M extends Enum<M>> void assertAllUsed(
      M[] messages, E[] values, Function<E, M> mapping) {
    assertThat(Stream.of(values).map(mapping).toList())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(messages)
                .filter(message -> !message.name().endsWith("_UNSPECIFIED"))
                .filter(message -> !message.name().equals("UNRECOGNIZED"))
                .toList());
  }
}
