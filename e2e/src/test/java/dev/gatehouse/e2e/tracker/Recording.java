package dev.gatehouse.e2e.tracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Requests as clients make them, the same ones for the same seed, and the swarms that they make.
 */
final class Recording {

  private static final int TORRENTS = 12;
  private static final int PORTS = 60;
  private static final int FIRST_PORT = 2000;
  private static final List<Integer> WANTED = List.of(0, 1, 5, 50, 100);

  private final Random random;
  private final Map<Integer, Map<Integer, Boolean>> swarms = new HashMap<>();
  private final int[] completions = new int[TORRENTS];

  Recording(long seed) {
    random = new Random(seed);
  }

  /** One request. */
  sealed interface Request {}

  /**
   * An announce.
   *
   * @param event as UDP numbers it
   * @param others in the swarm before it, but for itself, by port, with whether each is a seeder
   */
  record Announce(
      int torrent, int port, boolean seeder, int event, int wanted, Map<Integer, Boolean> others)
      implements Request {

    static final int COMPLETED = 1;
    static final int STOPPED = 3;

    private static final List<String> EVENTS = List.of("", "completed", "started", "stopped");

    String target() {
      return String.format(
          Locale.ROOT,
          "/announce?info_hash=%s&peer_id=%s&port=%d&uploaded=0&downloaded=0&left=%d&compact=1"
              + "&numwant=%d%s",
          escaped(torrent),
          peerId(port),
          port,
          seeder ? 0 : 1,
          wanted,
          event == 0 ? "" : "&event=" + EVENTS.get(event));
    }

    boolean isStopped() {
      return event == STOPPED;
    }

    /** Those whom a client of that role has something to get from or to give to. */
    List<Integer> useful() {
      return others.entrySet().stream()
          .filter(other -> !seeder || !other.getValue())
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** A scrape of torrents that somebody has announced. */
  record Scrape(List<Integer> torrents) implements Request {

    String target() {
      return "/scrape?info_hash="
          + String.join("&info_hash=", torrents.stream().map(Recording::escaped).toList());
    }
  }

  static List<String> hashes() {
    return IntStream.range(0, TORRENTS).mapToObj(Recording::hex).toList();
  }

  static String hex(int torrent) {
    return "%02x".formatted(0xa0 + torrent).repeat(20).toUpperCase(Locale.ROOT);
  }

  static String escaped(int torrent) {
    return "%%%02x".formatted(0xa0 + torrent).repeat(20);
  }

  static String peerId(int port) {
    return "-TR3000-%012d".formatted(port);
  }

  /** How often a torrent was completed by somebody who had not completed it before. */
  int completions(int torrent) {
    return completions[torrent];
  }

  Request next() {
    List<Integer> known = swarms.keySet().stream().sorted().toList();
    return known.isEmpty() || random.nextInt(8) > 0 ? announce() : new Scrape(some(known));
  }

  private List<Integer> some(List<Integer> known) {
    List<Integer> chosen = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int torrent = known.get(random.nextInt(known.size()));
      if (!chosen.contains(torrent)) {
        chosen.add(torrent);
      }
    }
    return chosen;
  }

  private Announce announce() {
    int torrent = random.nextInt(TORRENTS);
    int port = FIRST_PORT + random.nextInt(PORTS);
    int event = random.nextInt(4);
    int wanted = event == Announce.STOPPED ? 0 : WANTED.get(random.nextInt(WANTED.size()));
    Map<Integer, Boolean> swarm = swarms.computeIfAbsent(torrent, _ -> new HashMap<>());
    boolean was = swarm.getOrDefault(port, false);
    boolean seeder = was || event == Announce.COMPLETED || random.nextInt(3) == 0;
    swarm.remove(port);
    Announce made = new Announce(torrent, port, seeder, event, wanted, Map.copyOf(swarm));
    if (event != Announce.STOPPED) {
      swarm.put(port, seeder);
    }
    if (event == Announce.COMPLETED && !was) {
      completions[torrent]++;
    }
    return made;
  }
}
