package dev.gatehouse.proxy.http.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class FlushOnceTest {

  /** What the loop is to do at the end of its turn. */
  private final Queue<Runnable> later = new ArrayDeque<>();

  private final List<String> done = new ArrayList<>();
  private final FlushOnce flush = new FlushOnce(() -> done.add("flush"));

  private void endOfTurn() {
    for (int tasks = later.size(); tasks > 0; tasks--) {
      later.remove().run();
    }
  }

  @Test
  void whatManyAskForInATurnIsDoneOnceAtItsEnd() {
    flush.ask(later::add);
    flush.ask(later::add);
    done.add("written");
    endOfTurn();
    assertThat(done).containsExactly("written", "flush");
  }

  @Test
  void eachTurnHasItsOwn() {
    flush.ask(later::add);
    endOfTurn();
    flush.ask(later::add);
    endOfTurn();
    assertThat(done).containsExactly("flush", "flush");
  }

  @Test
  void whatIsAskedForMeanwhileIsForTheNextTurn() {
    FlushOnce[] again = new FlushOnce[1];
    again[0] =
        new FlushOnce(
            () -> {
              done.add("flush");
              again[0].ask(later::add);
            });
    again[0].ask(later::add);
    endOfTurn();
    assertThat(done).containsExactly("flush");
    assertThat(later).hasSize(1);
  }
}
