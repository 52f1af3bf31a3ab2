package dev.gatehouse.bench.contest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How often a measure is taken: all contenders in turn, uncounted rounds first. */
public record Rounds(int warmUp, int counted) {

  public List<Series> of(Measure measure, List<Contender> contenders) throws InterruptedException {
    List<Contender> left = new ArrayList<>(contenders);
    List<List<double[]>> figures = new ArrayList<>();
    contenders.forEach(_ -> figures.add(new ArrayList<>()));
    for (int round = 0; round < warmUp + counted; round++) {
      for (Contender contender : List.copyOf(left)) {
        try {
          figures.get(contenders.indexOf(contender)).add(measure.of(contender));
        } catch (IOException e) {
          System.out.println("left out: " + contender.name() + ": " + e.getMessage());
          left.remove(contender);
        }
      }
    }
    return left.stream().map(each -> series(each, figures.get(contenders.indexOf(each)))).toList();
  }

  private Series series(Contender contender, List<double[]> figures) {
    return new Series(contender, figures.getFirst()[0], figures.subList(warmUp, figures.size()));
  }
}
