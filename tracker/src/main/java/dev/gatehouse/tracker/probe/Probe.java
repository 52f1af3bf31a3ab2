package dev.gatehouse.tracker.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.tracker.probe.ProbePeer.Announcement;
import dev.gatehouse.wire.tracker.Event;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Two clients that announce torrents which nobody has, and compare what they are told with what
 * they must be told: each is alone in a swarm of its own, and in one swarm they find each other.
 */
public final class Probe {

  private static final int ID_LENGTH = 20;
  private static final int FIRST_PORT = 10_001;
  private static final int SECOND_PORT = 10_002;

  private final RandomGenerator random;

  /**
   * What is asked.
   *
   * @param http the announce address; empty: nobody is asked by HTTP
   * @param udp {@code udp://host:port}; empty: nobody is asked by UDP
   * @param delay between the first client's announce and the second's
   */
  public record Target(String http, String udp, Duration delay) {}

  /**
   * What was looked at.
   *
   * @param detail what was found
   */
  public record Check(String name, boolean passed, String detail) {}

  /** How a protocol is spoken, once it is needed. */
  @FunctionalInterface
  private interface Opening {
    ProbePeer open() throws IOException;
  }

  /**
   * @param random where hashes come from that are nobody's
   */
  public Probe(RandomGenerator random) {
    this.random = random;
  }

  /** Asks, and says what came of it; blocks. */
  public List<Check> run(Target target) {
    List<Check> checks = new ArrayList<>();
    if (!target.http().isEmpty()) {
      run("http", () -> new HttpProbe(target.http()), target.delay(), checks);
    }
    if (!target.udp().isEmpty()) {
      run("udp", () -> new UdpProbe(target.udp()), target.delay(), checks);
    }
    return checks;
  }

  private void run(String protocol, Opening opening, Duration delay, List<Check> checks) {
    byte[] shared = new byte[ID_LENGTH];
    byte[] other = new byte[ID_LENGTH];
    random.nextBytes(shared);
    random.nextBytes(other);
    Announcement first = client(shared, "20", FIRST_PORT);
    Announcement alone = client(other, "21", SECOND_PORT);
    Announcement second = client(shared, "21", SECOND_PORT);
    try (ProbePeer peer = opening.open()) {
      checks.add(check(protocol + ": alone in a swarm", peer, first, FIRST_PORT));
      boolean _ = new CountDownLatch(1).await(delay.toNanos(), TimeUnit.NANOSECONDS);
      checks.add(check(protocol + ": alone in another swarm", peer, alone, SECOND_PORT));
      checks.add(check(protocol + ": two in one swarm", peer, second, FIRST_PORT));
      for (Announcement each : List.of(first, alone, second)) {
        stop(peer, each);
      }
    } catch (IOException e) {
      checks.add(new Check(protocol + ": reached", false, reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      checks.add(new Check(protocol + ": asked to the end", false, "interrupted"));
    }
  }

  private static Announcement client(byte[] hash, String end, int port) {
    byte[] id = new byte[ID_LENGTH];
    Arrays.fill(id, (byte) '0');
    System.arraycopy("-GH0000-".getBytes(US_ASCII), 0, id, 0, 8);
    System.arraycopy(end.getBytes(US_ASCII), 0, id, ID_LENGTH - 2, 2);
    return new Announcement(hash, id, port, Event.STARTED);
  }

  private static Check check(String name, ProbePeer peer, Announcement asked, int expected)
      throws InterruptedException {
    try {
      List<Integer> ports = peer.announce(asked);
      boolean passed = ports.equals(List.of(expected));
      return new Check(
          name,
          passed,
          passed ? "port " + expected : "ports " + ports + " (expected: [" + expected + "])");
    } catch (IOException e) {
      return new Check(name, false, reason(e));
    }
  }

  private static String reason(IOException failure) {
    return failure instanceof ConnectException
        ? "nobody answers there"
        : String.valueOf(failure.getMessage());
  }

  /** Leaves nothing behind; what is left by a tracker that does not listen leaves by itself. */
  private static void stop(ProbePeer peer, Announcement asked) throws InterruptedException {
    try {
      List<Integer> _ =
          peer.announce(new Announcement(asked.hash(), asked.id(), asked.port(), Event.STOPPED));
    } catch (IOException _) {
      // it has been told, by the check before
    }
  }
}
