package dev.gatehouse.tracker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.tracker.hash.SipHash;
import org.junit.jupiter.api.Test;

class SnatchMemoryTest {

  private static final SipHash HASH = SipHash.forTables(1, 2);
  private static final Swarm.Formats FORMATS =
      new Swarm.Formats(
          new RowFormat(AddressFamily.IPV4, HASH, 8), new RowFormat(AddressFamily.IPV6, HASH, 8));

  private final SnatchMemory memory = new SnatchMemory(3);
  private final Swarm a = swarm(1);
  private final Swarm b = swarm(2);
  private final Swarm c = swarm(3);
  private final Swarm d = swarm(4);

  @Test
  void whoWasNotUsedForLongestGoesFirst() {
    assertThat(memory.use(a)).isNull();
    assertThat(memory.use(b)).isNull();
    assertThat(memory.use(c)).isNull();
    assertThat(memory.use(a)).isNull();
    assertThat(memory.use(d)).isSameAs(b);
    assertThat(memory.use(b)).isSameAs(c);
    assertThat(memory.use(c)).isSameAs(a);
    assertThat(memory.holds(a)).isFalse();
    assertThat(memory.holds(b)).isTrue();
  }

  @Test
  void whoIsForgottenMakesRoom() {
    memory.use(a);
    memory.use(b);
    memory.use(c);
    memory.forget(b);
    assertThat(memory.use(d)).isNull();
    assertThat(memory.holds(b)).isFalse();
    memory.forget(d);
    memory.forget(a);
    memory.forget(c);
    assertThat(memory.holds(c)).isFalse();
    assertThat(memory.use(a)).isNull();
    assertThat(memory.holds(a)).isTrue();
  }

  @Test
  void oneThatIsAloneIsHeldToo() {
    memory.use(a);
    assertThat(memory.holds(a)).isTrue();
    memory.forget(a);
    assertThat(memory.holds(a)).isFalse();
  }

  private static Swarm swarm(long first) {
    return new Swarm(first, 0, 0, FORMATS);
  }
}
