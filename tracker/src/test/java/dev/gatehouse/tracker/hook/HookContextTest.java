package dev.gatehouse.tracker.hook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HookContextTest {

  private static final HookContext.Key<String> NAME = new HookContext.Key<>(String.class);
  private static final HookContext.Key<String> OTHER = new HookContext.Key<>(String.class);

  @Test
  void aValueIsFoundUnderItsOwnKeyAlone() {
    HookContext context = HookContext.EMPTY.with(NAME, "a");
    assertThat(context.get(NAME)).contains("a");
    assertThat(context.get(OTHER)).isEmpty();
  }

  @Test
  void whatIsAddedLeavesTheOldContextAsItWas() {
    HookContext before = HookContext.EMPTY.with(NAME, "a");
    HookContext after = before.with(NAME, "b").with(OTHER, "c");
    assertThat(before.get(NAME)).contains("a");
    assertThat(before.get(OTHER)).isEmpty();
    assertThat(after.get(NAME)).contains("b");
    assertThat(after.get(OTHER)).contains("c");
  }

  @Test
  void whatIsSkippedAddsUpAndKeepsTheValues() {
    HookContext context = HookContext.EMPTY.with(NAME, "a");
    assertThat(context.skipsSwarm() || context.skipsResponse()).isFalse();
    HookContext swarm = context.skippingSwarm();
    assertThat(swarm.skipsSwarm()).isTrue();
    assertThat(swarm.skipsResponse()).isFalse();
    HookContext both = swarm.skippingResponse().with(OTHER, "b");
    assertThat(both.skipsSwarm()).isTrue();
    assertThat(both.skipsResponse()).isTrue();
    assertThat(both.get(NAME)).contains("a");
  }
}
