package dev.gatehouse.bench.l7;

import dev.gatehouse.bench.contest.Contender;
import dev.gatehouse.bench.contest.Measure;
import dev.gatehouse.bench.contest.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program that sends the same load through each of several running proxies that terminate TLS,
 * and prints what it cost them.
 *
 * @param warmUp rounds of Gatehouse alone before those that count
 * @param rows of which the titles of measures must have something
 */
public record Comparison(
    int warmUp, Rounds rounds, Duration time, int idle, Pattern rows, List<Contender> contenders) {

  private static final int SMALL = 100;
  private static final int MEDIUM = 10_000;
  private static final int LARGE = 1_000_000;
  private static final int OPTIONS = 7;

  /**
   * Arguments: question, rounds that warm up, rounds that count, seconds of each load, idle
   * connections, port for the backend of calls, rows, and {@code NAME:PORT:PID} of each proxy.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Comparison comparison =
        new Comparison(
            Integer.parseInt(arguments[1]),
            new Rounds(0, Integer.parseInt(arguments[2])),
            Duration.ofMillis(Math.round(Double.parseDouble(arguments[3]) * 1000)),
            Integer.parseInt(arguments[4]),
            Pattern.compile(arguments[6]),
            Arrays.stream(arguments).skip(OPTIONS).map(Contender::parse).toList());
    try (CallBackend _ = CallBackend.start(Integer.parseInt(arguments[5]))) {
      switch (arguments[0]) {
        case "load" -> comparison.load();
        case "memory" -> comparison.memory();
        default -> throw new IllegalArgumentException(arguments[0] + " (expected: load or memory)");
      }
    }
  }

  /** Handshakes come late, when the paths that a single request takes have been compiled. */
  private void load() throws IOException, InterruptedException {
    Requests requests = new Requests(time);
    Path message = Files.createTempFile("call", ".message");
    try (TlsClient anew = new TlsClient(Requests.FILES, false);
        TlsClient again = new TlsClient(Requests.FILES, true)) {
      Files.write(message, CallHandler.message());
      print(requests.http1(SMALL));
      print(requests.http1(MEDIUM));
      print(requests.http1(LARGE));
      print(requests.http2(SMALL));
      print(requests.http2(MEDIUM));
      print(requests.http2(LARGE));
      print(requests.calls(message));
      print(new Handshakes(again, Requests.SMALL_FILE, time, true).cost());
      print(new Handshakes(anew, Requests.SMALL_FILE, time, false).cost());
      print(Latency.atHalfLoad(requests.files(Requests.SMALL_FILE), contenders));
    } finally {
      Files.delete(message);
    }
  }

  private void memory() throws IOException, InterruptedException {
    try (TlsClient client = new TlsClient(Requests.FILES, false)) {
      print(new IdleMemory(client, Requests.SMALL_FILE, idle));
    }
  }

  private void print(Measure measure) throws InterruptedException {
    if (rows.matcher(measure.title()).find()) {
      warmUp(measure);
      System.out.print(new Scoreboard(measure, rounds.of(measure, contenders)));
    }
  }

  /** What compiles as it runs needs time for that; the others need connections to backends. */
  private void warmUp(Measure measure) throws InterruptedException {
    for (Contender contender : contenders) {
      int needed = contender.isPeer() ? Math.min(1, warmUp) : warmUp;
      for (int round = 0; round < needed; round++) {
        tryOut(measure, contender);
      }
    }
  }

  /** In its first second a contender may fail; one that goes on to do so is told of later. */
  private static void tryOut(Measure measure, Contender contender) throws InterruptedException {
    try {
      measure.of(contender);
    } catch (IOException _) {
      // a load that ends while its first connections are still being made
    }
  }
}
