package dev.gatehouse.control.ops.http;

import java.time.Duration;

/** What one connection may take of this host; the times are those of the public listeners too. */
final class Limits {

  /** For the whole header, from accept; on a kept connection from its first byte. */
  static final Duration HEADER = Duration.ofSeconds(5);

  /** For the whole request, body included. */
  static final Duration READ = Duration.ofSeconds(60);

  /** From the end of the request until the answer is with the kernel. */
  static final Duration WRITE = Duration.ofSeconds(60);

  /** Between an answer and the next request. */
  static final Duration IDLE = Duration.ofMinutes(2);

  /**
   * How long unread input is thrown away after the last answer. Closing at once would reset the
   * connection, and the reset can overtake the answer (RFC 9112 section 9.6).
   */
  static final Duration LINGER = Duration.ofSeconds(2);

  /** Request line and header lines with their line ends. */
  static final int HEADER_BYTES = 16 * 1024;

  /** No page reads a body; a small one is thrown away, so that the connection can go on. */
  static final int BODY_BYTES = 8 * 1024;

  private Limits() {}
}
