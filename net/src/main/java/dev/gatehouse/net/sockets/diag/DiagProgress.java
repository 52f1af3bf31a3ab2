package dev.gatehouse.net.sockets.diag;

/** How far a dump is after one datagram. */
sealed interface DiagProgress {

  /** Nothing has ended it yet. */
  record More() implements DiagProgress {}

  /** The kernel has sent everything. */
  record Done() implements DiagProgress {}

  /** The kernel gave an error number, instead of the table or at its end. */
  record Refused(int errno) implements DiagProgress {}

  /** What arrived cannot be a table. */
  record Broken(String reason) implements DiagProgress {}
}
