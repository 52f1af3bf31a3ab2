package dev.gatehouse.bench.contest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final Contender A = Contender.parse("a:1:1");
  private static final Contender B = Contender.parse("b:2:2");

  private final List<String> asked = new ArrayList<>();

  /** Answers with the number of the question; fails for a name from a number on. */
  private record Counting(List<String> asked, String failing, int from) implements Measure {

    @Override
    public String title() {
      return "questions";
    }

    @Override
    public List<String> columns() {
      return List.of("number");
    }

    @Override
    public double[] of(Contender contender) throws IOException {
      asked.add(contender.name());
      if (contender.name().equals(failing) && asked.size() >= from) {
        throw new IOException("gone");
      }
      return new double[] {asked.size()};
    }
  }

  @Test
  void letContendersTakeTurns() throws Exception {
    new Rounds(1, 2).of(new Counting(asked, "", 0), List.of(A, B));

    assertThat(asked).containsExactly("a", "b", "a", "b", "a", "b");
  }

  @Test
  void keepTheFirstApartAndDoNotCountTheWarmUp() throws Exception {
    Series ofB = new Rounds(2, 2).of(new Counting(asked, "", 0), List.of(A, B)).getLast();

    assertThat(ofB.first()).isEqualTo(2);
    assertThat(ofB.rounds()).extracting(round -> round[0]).containsExactly(6.0, 8.0);
  }

  @Test
  void goOnWithoutAContenderThatFails() throws Exception {
    List<Series> series = new Rounds(1, 2).of(new Counting(asked, "a", 3), List.of(A, B));

    assertThat(series).extracting(Series::contender).containsExactly(B);
    assertThat(asked).containsExactly("a", "b", "a", "b", "b");
  }
}
