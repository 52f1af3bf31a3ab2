package dev.gatehouse.watch.owner;

import dev.gatehouse.net.syscall.NativeAccess;
import dev.gatehouse.net.syscall.SocketLinks;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sockets among the descriptors of processes. */
interface Descriptors {

  /** As {@link Processes#walk}. */
  int walk(int pid, Processes.SocketVisitor visitor);

  /** As {@link Processes#inodeOf}. */
  long inodeOf(int pid, int fd);

  /** By native calls, or by files where those are refused. */
  static Descriptors of(Path proc) {
    return NativeAccess.refusal().isPresent() ? new ByFiles(proc) : new ByCalls();
  }

  /** One buffer for all, and no exception for what is refused. */
  final class ByCalls implements Descriptors {

    private final SocketLinks links = new SocketLinks();

    @Override
    public int walk(int pid, Processes.SocketVisitor visitor) {
      return links.walk(pid, visitor::socket);
    }

    @Override
    public long inodeOf(int pid, int fd) {
      return links.inodeOf(pid, fd);
    }
  }

  /** Slower by half, and needs no native access. */
  final class ByFiles implements Descriptors {

    private static final Pattern SOCKET = Pattern.compile("socket:\\[([0-9]{1,18})]");
    private static final int NO_ENTRY = -2; // ENOENT
    private static final int ACCESS_REFUSED = -13; // EACCES

    private final Path proc;

    ByFiles(Path proc) {
      this.proc = proc;
    }

    @Override
    public int walk(int pid, Processes.SocketVisitor visitor) {
      int count = 0;
      try (DirectoryStream<Path> fds = Files.newDirectoryStream(proc.resolve(pid + "/fd"))) {
        for (Path fd : fds) {
          count++;
          long inode = inode(fd);
          if (inode >= 0 && !visitor.socket(number(fd), inode)) {
            break;
          }
        }
        return count;
      } catch (AccessDeniedException _) {
        return ACCESS_REFUSED;
      } catch (IOException | DirectoryIteratorException _) {
        return NO_ENTRY;
      }
    }

    @Override
    public long inodeOf(int pid, int fd) {
      return inode(proc.resolve(pid + "/fd/" + fd));
    }

    private static int number(Path fd) {
      return Integer.parseInt(fd.getFileName().toString());
    }

    private static long inode(Path fd) {
      try {
        Matcher socket = SOCKET.matcher(Files.readSymbolicLink(fd).toString());
        return socket.matches() ? Long.parseLong(socket.group(1)) : -1;
      } catch (IOException | InvalidPathException _) {
        return -1;
      }
    }
  }
}
