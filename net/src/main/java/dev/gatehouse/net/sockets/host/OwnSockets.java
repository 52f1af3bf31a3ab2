package dev.gatehouse.net.sockets.host;

import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.ReadResult.Complete;
import dev.gatehouse.net.sockets.ReadResult.Failed;
import dev.gatehouse.net.sockets.ReadResult.Unavailable;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.net.sockets.host.OwnListeners.Bound;
import dev.gatehouse.net.sockets.host.OwnListeners.Read;
import dev.gatehouse.net.sockets.host.OwnListeners.Unreadable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads back from the kernel on what this very process listens: TCP listeners, and UDP sockets
 * without a peer.
 *
 * <p>A surplus is what an auditor looks for, so nothing is left out on a doubt: a table that was
 * not read whole makes the answer unreadable.
 */
public final class OwnSockets {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Pattern SOCKET = Pattern.compile("socket:\\[([0-9]{1,18})]");

  private static final List<SocketQuery> LISTENERS =
      List.of(
          SocketQuery.TCP4_LISTENERS,
          SocketQuery.TCP6_LISTENERS,
          SocketQuery.UDP4_LISTENERS,
          SocketQuery.UDP6_LISTENERS);

  private final SocketTable table;
  private final Path descriptors;
  private final InterfaceNames interfaces;

  OwnSockets(SocketTable table, Path descriptors, InterfaceNames interfaces) {
    this.table = table;
    this.descriptors = descriptors;
    this.interfaces = interfaces;
  }

  /** Of the process that runs this, once. */
  public static OwnListeners read() {
    SocketTable table = FallbackSocketTable.ofHost(Ticker.system());
    return new OwnSockets(table, DESCRIPTORS, new InterfaceNames()).listeners();
  }

  OwnListeners listeners() {
    List<SocketRow> rows = new ArrayList<>();
    for (SocketQuery query : LISTENERS) {
      Optional<String> refusal = read(query, rows);
      if (refusal.isPresent()) {
        return new Unreadable(query + ": " + refusal.get());
      }
    }
    // after the table: what is opened in between was not in it, what is closed is no surplus
    try {
      return new Read(bound(rows, ownInodes()));
    } catch (IOException | DirectoryIteratorException unreadable) {
      return new Unreadable("unreadable: " + unreadable.getMessage());
    }
  }

  private Optional<String> read(SocketQuery query, List<SocketRow> rows) {
    List<SocketRow> ofQuery = new ArrayList<>();
    ReadResult result = table.read(query, new RowCollector(ofQuery));
    rows.addAll(ofQuery);
    return switch (result) {
      case Complete complete when complete.malformed() > 0 ->
          Optional.of(complete.malformed() + " malformed rows");
      case Complete _ -> Optional.empty();
      case Unavailable(_, String reason) -> Optional.of(reason);
      case Failed(_, String reason) -> Optional.of(reason);
    };
  }

  private Set<Bound> bound(List<SocketRow> rows, Set<Long> inodes) {
    return rows.stream()
        .filter(row -> inodes.contains(row.inode()))
        .map(this::bound)
        .collect(Collectors.toSet());
  }

  private Bound bound(SocketRow row) {
    String device = interfaces.name(row.interfaceIndex());
    return new Bound(row.protocol(), row.localAddress().unmapped(), device, row.localPort());
  }

  private Set<Long> ownInodes() throws IOException {
    Set<Long> inodes = new HashSet<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
      for (Path link : links) {
        inode(link).ifPresent(inodes::add);
      }
    }
    return inodes;
  }

  private static Optional<Long> inode(Path link) throws IOException {
    try {
      Matcher socket = SOCKET.matcher(Files.readSymbolicLink(link).toString());
      return socket.matches() ? Optional.of(Long.valueOf(socket.group(1))) : Optional.empty();
    } catch (NoSuchFileException closed) {
      return Optional.empty();
    }
  }
}
