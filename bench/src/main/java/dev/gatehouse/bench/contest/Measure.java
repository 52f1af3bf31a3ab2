package dev.gatehouse.bench.contest;

import java.io.IOException;
import java.util.List;

/** A question that every contender is asked once a round. */
public interface Measure {

  /** What is measured, under which load, in which unit. */
  String title();

  /** What the figures are called; the first is the one to compare, and less is better. */
  List<String> columns();

  /** One round with one contender: a figure for each column. */
  double[] of(Contender contender) throws IOException, InterruptedException;
}
