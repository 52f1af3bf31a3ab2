package dev.gatehouse.bench.tracker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Sends the same announces to each of several running trackers and prints what it cost them. */
public final class TrackerComparison {

  private static final int WANTED = 50;
  private static final int WINDOW = 64;
  private static final long ANNOUNCES = 400_000;

  /** The unit of times in {@code /proc}. */
  private static final double MICROS_PER_TICK = 10_000;

  private static final int USER_TIME = 11;

  private TrackerComparison() {}

  private record Contender(String name, int port, long pid) {

    static Contender parse(String argument) {
      String[] parts = argument.split(":", -1);
      return new Contender(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    /** User and system time of all threads, those included that have ended. */
    double cpuMicros() throws IOException {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
      return ticks * MICROS_PER_TICK;
    }
  }

  /** What one round of a contender gave. */
  private record Round(double microsPerAnswer, double peersPerAnswer, double loss) {}

  /**
   * Arguments: {@code hashes TORRENTS FILE} writes the torrents, one a line; else torrents, peers
   * of each, rounds that warm up, rounds that count, and {@code NAME:PORT:PID} of each tracker.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("hashes")) {
      writeHashes(Integer.parseInt(arguments[1]), Path.of(arguments[2]));
      return;
    }
    UdpLoad.Swarms swarms =
        new UdpLoad.Swarms(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    int warmUp = Integer.parseInt(arguments[2]);
    int counted = Integer.parseInt(arguments[3]);
    List<Contender> contenders = Arrays.stream(arguments).skip(4).map(Contender::parse).toList();
    List<List<Round>> rounds = new ArrayList<>();
    contenders.forEach(_ -> rounds.add(new ArrayList<>()));
    for (int round = 0; round < warmUp + counted; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        Round found = round(contenders.get(i), swarms);
        if (round >= warmUp) {
          rounds.get(i).add(found);
        }
      }
    }
    print(contenders, rounds);
  }

  private static void writeHashes(int torrents, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int torrent = 0; torrent < torrents; torrent++) {
      ByteBuffer hash = ByteBuffer.allocate(20);
      UdpLoad.writeHash(hash, 0, torrent);
      lines.add(HexFormat.of().withUpperCase().formatHex(hash.array()));
    }
    Files.write(file, lines);
  }

  private static Round round(Contender contender, UdpLoad.Swarms swarms) throws IOException {
    try (UdpLoad load = new UdpLoad(contender.port(), swarms, WANTED, WINDOW)) {
      double before = contender.cpuMicros();
      UdpLoad.Result result = load.run(ANNOUNCES);
      double cost = contender.cpuMicros() - before;
      return new Round(
          cost / result.answers(),
          (double) result.peers() / result.answers(),
          1 - (double) result.answers() / result.sent());
    }
  }

  private static void print(List<Contender> contenders, List<List<Round>> rounds) {
    double yardstick = median(rounds.getFirst().stream().mapToDouble(Round::microsPerAnswer));
    System.out.printf(
        Locale.ROOT,
        "%-24s %12s %12s %12s %12s%n",
        "UDP announce",
        "CPU µs",
        "÷ first",
        "peers",
        "loss %");
    for (int i = 0; i < contenders.size(); i++) {
      double micros = median(rounds.get(i).stream().mapToDouble(Round::microsPerAnswer));
      System.out.printf(
          Locale.ROOT,
          "%-24s %12.2f %12.2f %12.1f %12.2f%n",
          contenders.get(i).name(),
          micros,
          micros / yardstick,
          median(rounds.get(i).stream().mapToDouble(Round::peersPerAnswer)),
          100 * median(rounds.get(i).stream().mapToDouble(Round::loss)));
    }
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
