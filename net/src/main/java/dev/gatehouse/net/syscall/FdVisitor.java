package dev.gatehouse.net.syscall;

/** Receives the sockets among the open descriptors of a process. */
@FunctionalInterface
public interface FdVisitor {

  /**
   * Takes one descriptor that is a socket.
   *
   * @param inode of the socket
   * @return whether to go on
   */
  boolean socket(int fd, long inode);
}
