package dev.gatehouse.net.splice;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * Bytes of which no two stretches of a pipe's size are alike, so that a loss, a repetition or an
 * exchange changes the digest.
 *
 * @param digest of all of them
 */
record Payload(long bytes, long digest) {

  private static final int PERIOD = 1_000_003;
  private static final byte[] PATTERN = new byte[PERIOD];

  static {
    new Random(7).nextBytes(PATTERN);
  }

  /** The first bytes of the sequence that everybody sends. */
  static Payload of(long bytes) {
    CRC32C digest = new CRC32C();
    for (long at = 0; at < bytes; ) {
      int from = (int) (at % PERIOD);
      int length = (int) Math.min(bytes - at, PERIOD - from);
      digest.update(PATTERN, from, length);
      at += length;
    }
    return new Payload(bytes, digest.getValue());
  }

  /** Sends the first bytes of the sequence, so many at a time. */
  static void send(Socket peer, long bytes, int segment) throws IOException {
    OutputStream out = peer.getOutputStream();
    for (long at = 0; at < bytes; ) {
      int from = (int) (at % PERIOD);
      int length = (int) Math.min(Math.min(bytes - at, segment), PERIOD - from);
      out.write(PATTERN, from, length);
      at += length;
    }
  }

  /** Reads so many bytes, or up to the end if that comes before. */
  static Payload read(Socket peer, long bytes, int atATime) throws IOException {
    InputStream in = peer.getInputStream();
    CRC32C digest = new CRC32C();
    byte[] buffer = new byte[atATime];
    long count = 0;
    while (count < bytes) {
      int length = in.read(buffer, 0, (int) Math.min(atATime, bytes - count));
      if (length < 0) {
        break;
      }
      digest.update(buffer, 0, length);
      count += length;
    }
    return new Payload(count, digest.getValue());
  }

  /** Reads up to the end. */
  static Payload readToEnd(Socket peer, int atATime) throws IOException {
    return read(peer, Long.MAX_VALUE, atATime);
  }
}
