package dev.gatehouse.net.sockets.diag;

import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.ReadResult.Complete;
import dev.gatehouse.net.sockets.ReadResult.Failed;
import dev.gatehouse.net.sockets.ReadResult.Unavailable;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.SocketTable;
import dev.gatehouse.net.sockets.diag.DiagProgress.Broken;
import dev.gatehouse.net.sockets.diag.DiagProgress.Done;
import dev.gatehouse.net.sockets.diag.DiagProgress.More;
import dev.gatehouse.net.sockets.diag.DiagProgress.Refused;
import dev.gatehouse.net.syscall.Errno;
import dev.gatehouse.net.syscall.NativeAccess;
import dev.gatehouse.net.syscall.NetlinkSocket;
import java.time.Duration;

/**
 * The table as {@code NETLINK_SOCK_DIAG} gives it, to anybody and without a right.
 *
 * <p>Each query has a socket of its own, so that nothing of a query that failed can reach the next;
 * opening one costs a few microseconds. The native buffer is reused, so readers take turns, and a
 * visitor may not read the table in its turn.
 */
public final class NetlinkSocketTable implements SocketTable {

  /** Well above the 32 KiB that the kernel puts into one datagram of a dump. */
  static final int RECEIVE_BYTES = 256 * 1024;

  /** A dump that was interrupted is repeated so many times. */
  static final int REPEATS = 3;

  private static final Duration RECEIVE_TIMEOUT = Duration.ofSeconds(2);

  private final NetlinkSocket socket;
  private int sequence;

  NetlinkSocketTable(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** The table of this host; it is {@link Unavailable} where native access is refused. */
  public static SocketTable ofHost() {
    return NativeAccess.refusal()
        .<SocketTable>map(reason -> (_, _) -> new Unavailable(SocketSource.NETLINK, reason))
        .orElseGet(NetlinkSocketTable::ofKernel);
  }

  private static NetlinkSocketTable ofKernel() {
    return new NetlinkSocketTable(
        NetlinkSocket.create(
            NetlinkSocket.SOCK_DIAG, DiagRequest.BYTES, RECEIVE_BYTES, RECEIVE_TIMEOUT));
  }

  @Override
  public synchronized ReadResult read(SocketQuery query, RowVisitor visitor) {
    try (socket) {
      int opened = socket.open();
      return opened < 0 ? refusal(-opened) : readUntilConsistent(query, visitor);
    }
  }

  private ReadResult readUntilConsistent(SocketQuery query, RowVisitor visitor) {
    ReadResult result = readOnce(query, visitor);
    for (int repeat = 0; repeat < REPEATS && isInconsistent(result); repeat++) {
      visitor.restart();
      result = readOnce(query, visitor);
    }
    return result;
  }

  private static boolean isInconsistent(ReadResult result) {
    return result instanceof Complete complete && complete.inconsistent();
  }

  private ReadResult readOnce(SocketQuery query, RowVisitor visitor) {
    DiagRequest.write(socket.request(), query, ++sequence);
    int sent = socket.send();
    if (sent < 0) {
      return refusal(-sent);
    }
    DiagDump dump = new DiagDump(query, sequence, visitor);
    DiagProgress progress = receive(dump);
    while (progress instanceof More) {
      progress = receive(dump);
    }
    return result(dump, progress);
  }

  private DiagProgress receive(DiagDump dump) {
    int length = socket.receive();
    if (length < 0) {
      return new Refused(-length);
    }
    if (socket.sender() != 0) {
      return new More();
    }
    long room = socket.received().byteSize();
    if (length > room) {
      return new Broken("truncated: datagram of " + length + " bytes (expected: <= " + room + ")");
    }
    return dump.read(socket.received(), length);
  }

  private static ReadResult result(DiagDump dump, DiagProgress progress) {
    return switch (progress) {
      case Refused(int errno) -> refusal(errno);
      case Broken(String reason) -> new Failed(SocketSource.NETLINK, reason);
      case Done _, More _ ->
          new Complete(SocketSource.NETLINK, dump.rows(), dump.malformed(), dump.interrupted());
    };
  }

  private static ReadResult refusal(int errno) {
    return switch (errno) {
      case Errno.ENOENT, Errno.EPERM, Errno.EACCES, Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT ->
          new Unavailable(SocketSource.NETLINK, Errno.name(errno));
      case Errno.EAGAIN -> new Failed(SocketSource.NETLINK, "timeout");
      default -> new Failed(SocketSource.NETLINK, Errno.name(errno));
    };
  }
}
