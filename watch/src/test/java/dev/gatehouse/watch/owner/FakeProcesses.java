package dev.gatehouse.watch.owner;

import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.watch.process.ProcessName;
import dev.gatehouse.watch.process.ProcessStat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Processes that a test makes up; counts what is read of them. */
final class FakeProcesses implements Processes {

  static final int SELF = 4242;

  /** What a process is. */
  static final class Fake {

    private String comm;
    private String argument = "";
    private long startTime = 1;
    private long uid = 1000;
    private String cgroup = "/";
    private final Map<Integer, Long> sockets = new TreeMap<>();

    private Fake(String comm) {
      this.comm = comm;
    }

    Fake comm(String other) {
      comm = other;
      return this;
    }

    Fake argument(String other) {
      argument = other;
      return this;
    }

    Fake startTime(long other) {
      startTime = other;
      return this;
    }

    Fake uid(long other) {
      uid = other;
      return this;
    }

    Fake cgroup(String other) {
      cgroup = other;
      return this;
    }

    Fake holds(int fd, long inode) {
      sockets.put(fd, inode);
      return this;
    }

    Fake drops(int fd) {
      sockets.remove(fd);
      return this;
    }
  }

  private final TreeMap<Integer, Fake> processes = new TreeMap<>();
  private final Set<Integer> refused = new HashSet<>();
  private final ManualTicker ticker;
  private Duration walkTime = Duration.ZERO;

  final List<Integer> walked = new ArrayList<>();
  int fullWalks;
  int links;
  int stats;

  FakeProcesses(ManualTicker ticker) {
    this.ticker = ticker;
    add(SELF, "gatehouse");
  }

  Fake add(int pid, String comm) {
    Fake fake = new Fake(comm);
    processes.put(pid, fake);
    return fake;
  }

  void end(int pid) {
    processes.remove(pid);
  }

  /** Nobody but oneself shows its descriptors. */
  void refuseAll() {
    refused.addAll(processes.keySet());
    refused.remove(SELF);
  }

  void walkTakes(Duration time) {
    walkTime = time;
  }

  void forgetCounts() {
    walked.clear();
    fullWalks = 0;
    links = 0;
    stats = 0;
  }

  @Override
  public int[] pids() {
    fullWalks++;
    ticker.advance(walkTime);
    return processes.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public int self() {
    return SELF;
  }

  @Override
  public int walk(int pid, SocketVisitor visitor) {
    walked.add(pid);
    Fake process = processes.get(pid);
    if (process == null) {
      return -2;
    }
    if (refused.contains(pid)) {
      return -13;
    }
    boolean more = true;
    for (Map.Entry<Integer, Long> socket : process.sockets.entrySet()) {
      more = more && visitor.socket(socket.getKey(), socket.getValue());
    }
    return process.sockets.size();
  }

  @Override
  public long inodeOf(int pid, int fd) {
    links++;
    Fake process = processes.get(pid);
    return process == null || refused.contains(pid) ? -1 : process.sockets.getOrDefault(fd, -1L);
  }

  @Override
  public Optional<ProcessStat> stat(int pid) {
    stats++;
    return Optional.ofNullable(processes.get(pid))
        .map(fake -> new ProcessStat(latin(fake.comm), 'S', 0, 0, 0, 0, 1, fake.startTime, 0, 0));
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @Override
  public String name(int pid, ProcessStat stat) {
    Fake process = processes.get(pid);
    return ProcessName.of(stat.comm(), process == null ? "" : process.argument);
  }

  @Override
  public long effectiveUid(int pid) {
    Fake process = processes.get(pid);
    return process == null ? -1 : process.uid;
  }

  @Override
  public String cgroup(int pid) {
    Fake process = processes.get(pid);
    return process == null ? "" : process.cgroup;
  }

  @Override
  public String exe(int pid) {
    return refused.contains(pid) ? "" : "/usr/bin/program";
  }
}
