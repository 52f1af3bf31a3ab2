package dev.gatehouse.bench.l4;

import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.Measure;
import dev.gatehouse.bench.contest.Rounds;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A program that sends the same load through each of several running proxies, all of which route to
 * its own backend, and prints what it cost them.
 */
public final class Comparison {

  /** Until the compiler has said its last word, which takes some hundred thousand connections. */
  private static final int WARM_UP_ROUNDS = 6;

  /** Few instructions for each gigabyte, which are soon known. */
  private static final int BULK_WARM_UP_ROUNDS = 2;

  private Comparison() {}

  /** Arguments: measure, port of the backend, rounds, and {@code NAME:PORT:PID} of each proxy. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int backendPort = Integer.parseInt(arguments[1]);
    int counted = Integer.parseInt(arguments[2]);
    Rounds rounds = new Rounds(WARM_UP_ROUNDS, counted);
    List<Contender> contenders = Arrays.stream(arguments).skip(3).map(Contender::parse).toList();
    try (Backend _ = Backend.start(backendPort)) {
      switch (arguments[0]) {
        case "bulk" ->
            print(
                new Rounds(BULK_WARM_UP_ROUNDS, counted),
                contenders,
                Loads.download(),
                Loads.upload());
        case "connect" ->
            print(rounds, contenders, Loads.sequentialConnections(), Loads.parallelConnections());
        case "request" -> print(rounds, contenders, Loads.messages());
        case "latency" -> print(rounds, contenders, new Latency(backendPort));
        // what a process has once needed it keeps, so a second round would find nothing
        case "memory" -> print(new Rounds(0, 1), contenders, new IdleMemory());
        default ->
            throw new IllegalArgumentException(
                arguments[0] + " (expected: bulk, connect, request, latency or memory)");
      }
    }
  }

  private static void print(Rounds rounds, List<Contender> contenders, Measure... measures)
      throws InterruptedException {
    for (Measure measure : measures) {
      System.out.print(new Table(measure, rounds.of(measure, contenders)));
    }
  }
}
