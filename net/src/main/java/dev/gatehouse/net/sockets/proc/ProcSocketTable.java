package dev.gatehouse.net.sockets.proc;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.net.sockets.ReadResult;
import dev.gatehouse.net.sockets.ReadResult.Complete;
import dev.gatehouse.net.sockets.ReadResult.Failed;
import dev.gatehouse.net.sockets.RowVisitor;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketSource;
import dev.gatehouse.net.sockets.SocketTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The table as the files {@code tcp}, {@code tcp6}, {@code udp} and {@code udp6} of one folder have
 * it: {@code /proc/<pid>/net} is the network namespace of that process.
 *
 * <p>Cookie, cgroup, device, IPv6-only, the limit of an accept queue and the receive buffer are not
 * in the files and stay unknown. For each read the kernel walks its whole table, whatever the
 * number of rows: a caller on a clock waits 10 s between reads, one that was asked to, 1 s.
 */
public final class ProcSocketTable implements SocketTable {

  /** The namespace of Gatehouse; through {@code self}, which every mount of {@code /proc} has. */
  public static final Path OWN_NAMESPACE = Path.of("/proc/self/net");

  static final long MAX_FILE_BYTES = 4L << 30;

  private static final int PIECE_BYTES = 64 * 1024;

  private final Path folder;
  private final ByteOrder order;
  private final long maxFileBytes;

  /**
   * @param folder of the four files
   */
  public ProcSocketTable(Path folder) {
    this(folder, ByteOrder.nativeOrder(), MAX_FILE_BYTES);
  }

  ProcSocketTable(Path folder, ByteOrder order, long maxFileBytes) {
    this.folder = folder;
    this.order = order;
    this.maxFileBytes = maxFileBytes;
  }

  @Override
  public ReadResult read(SocketQuery query, RowVisitor visitor) {
    boolean ipv6 = query.family() == AddressFamily.IPV6;
    Path file = folder.resolve(query.protocol().label() + (ipv6 ? "6" : ""));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, new ProcDump(query, order, visitor));
    } catch (NoSuchFileException absent) {
      return ipv6 ? complete(0, 0) : failed("absent: " + absent.getMessage());
    } catch (IOException unreadable) {
      return failed("unreadable: " + unreadable.getMessage());
    }
  }

  private ReadResult read(ReadableByteChannel file, ProcDump dump) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    long bytes = 0;
    int read = file.read(piece);
    while (read >= 0) {
      bytes += read;
      if (bytes > maxFileBytes) {
        return failed("more than " + maxFileBytes + " bytes");
      }
      int consumed = dump.read(piece.array(), piece.position());
      piece.flip().position(consumed);
      piece.compact();
      read = file.read(piece);
    }
    dump.end(piece.position());
    return complete(dump.rows(), dump.malformed());
  }

  private static ReadResult complete(long rows, long malformed) {
    return new Complete(SocketSource.PROC, rows, malformed, false);
  }

  private static ReadResult failed(String reason) {
    return new Failed(SocketSource.PROC, reason);
  }
}
