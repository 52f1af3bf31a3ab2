package dev.gatehouse.watch.namespace;

import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.proc.ProcSocketTable;
import java.nio.file.Path;
import java.util.List;

/** Reads what listens in other network namespaces. */
@FunctionalInterface
public interface Namespaces {

  /**
   * One namespace.
   *
   * @param label that tells it from others
   * @param rows candidates for listeners
   * @param complete whether all of its tables could be read
   */
  record Namespace(String label, List<SocketRow> rows, boolean complete) {

    public Namespace {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The namespaces read.
   *
   * @param found how many there are, the own one not counted
   */
  record Reading(List<Namespace> namespaces, int found) {

    public Reading {
      namespaces = List.copyOf(namespaces);
    }
  }

  /** Reads at most so many, those of the lowest pids first. */
  Reading read(int atMost, boolean udp);

  /** The namespaces of the processes in {@code /proc}, named after those in {@code /run/netns}. */
  static Namespaces ofHost(Path proc, Path named) {
    return new HostNamespaces(proc, named, ProcSocketTable::new);
  }
}
