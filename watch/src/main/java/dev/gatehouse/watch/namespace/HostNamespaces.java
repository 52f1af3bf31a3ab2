package dev.gatehouse.watch.namespace;

import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.watch.listening.RowCollector;
import dev.gatehouse.watch.process.ProcessIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Namespaces by the inode of {@code /proc/<pid>/net/tcp}, which is the same for all processes of
 * one and may be asked without rights; read through the lowest pid of each.
 */
final class HostNamespaces implements Namespaces {

  private static final List<SocketQuery> QUERIES =
      List.of(
          SocketQuery.TCP4_LISTENERS,
          SocketQuery.TCP6_LISTENERS,
          SocketQuery.UDP4_LISTENERS,
          SocketQuery.UDP6_LISTENERS);
  private static final int MAX_ROWS = 65_536;

  private final Path proc;
  private final NamespaceLabels labels;
  private final Function<Path, SocketTable> tables;

  HostNamespaces(Path proc, Path named, Function<Path, SocketTable> tables) {
    this.proc = proc;
    this.labels = new NamespaceLabels(proc, named);
    this.tables = tables;
  }

  @Override
  public Reading read(int atMost, boolean udp) {
    Map<Long, Integer> representatives = representatives();
    List<Namespace> namespaces =
        representatives.values().stream().limit(atMost).map(pid -> namespace(pid, udp)).toList();
    return new Reading(namespaces, representatives.size());
  }

  /** The lowest pid of each other namespace, ascending. */
  private Map<Long, Integer> representatives() {
    Map<Long, Integer> lowest = new LinkedHashMap<>();
    long own = inode(proc.resolve("self/net/tcp"));
    for (int pid : ProcessIds.below(proc)) {
      long inode = inode(proc.resolve(pid + "/net/tcp"));
      if (inode > 0 && inode != own) {
        lowest.putIfAbsent(inode, pid);
      }
    }
    return lowest;
  }

  private static long inode(Path file) {
    try {
      return (Long) Files.getAttribute(file, "unix:ino");
    } catch (IOException _) {
      return -1;
    }
  }

  private Namespace namespace(int pid, boolean udp) {
    SocketTable table = tables.apply(proc.resolve(pid + "/net"));
    List<SocketRow> rows = new ArrayList<>();
    boolean complete = true;
    for (SocketQuery query : udp ? QUERIES : QUERIES.subList(0, 2)) {
      RowCollector part = new RowCollector(MAX_ROWS);
      ReadResult result = table.read(query, part);
      rows.addAll(part.rows());
      complete &= result instanceof ReadResult.Complete;
    }
    return new Namespace(labels.label(pid), rows, complete);
  }
}
