package dev.gatehouse.relay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.gatehouse.relay.registry.ServerId;
import org.junit.jupiter.api.Test;

class BansTest {

  private static final ServerId ID = new ServerId("one");

  private final Bans bans = new Bans();

  @Test
  void holdsUntilItsTimeIsOver() {
    assertThat(bans.add(ID, 100, 50)).isTrue();
    assertThat(bans.holds(ID, 149)).isTrue();
    assertThat(bans.holds(ID, 150)).isFalse();
    assertThat(bans.holds(new ServerId("two"), 100)).isFalse();
  }

  @Test
  void aLaterBanTakesThePlaceOfTheFirst() {
    bans.add(ID, 100, 50);
    bans.add(ID, 120, 10);
    assertThat(bans.leftNanos(125)).containsOnly(entry(ID, 5L));
  }

  @Test
  void endsWhenItIsRemoved() {
    bans.add(ID, 0, 50);
    assertThat(bans.remove(ID, 10)).isTrue();
    assertThat(bans.holds(ID, 10)).isFalse();
    assertThat(bans.remove(ID, 10)).isFalse();
  }

  @Test
  void oneThatIsOverIsNotThereToBeRemoved() {
    bans.add(ID, 0, 50);
    assertThat(bans.remove(ID, 50)).isFalse();
    assertThat(bans.leftNanos(50)).isEmpty();
  }

  @Test
  void thereAreOnlySoMany() {
    for (int i = 0; i < Bans.MOST; i++) {
      assertThat(bans.add(new ServerId("id" + i), 0, i == 0 ? 10 : 100)).isTrue();
    }
    assertThat(bans.add(ID, 9, 100)).isFalse();
    assertThat(bans.add(new ServerId("id7"), 9, 100)).as("one that is there").isTrue();
    assertThat(bans.add(ID, 10, 100)).as("once another is over").isTrue();
  }
}
