package dev.gatehouse.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A stream of bytes that both ends know, so that a receiver tells the first wrong one. */
public final class Pattern {

  /** Of no size that a buffer or a pipe has. */
  private static final byte[] BLOCK = new byte[1_000_003];

  private static final int CHUNK = 64 * 1024;
  private static final long PAUSE_NANOS = 500_000;

  static {
    new Random(20260513).nextBytes(BLOCK);
  }

  private Pattern() {}

  /** Sends the first bytes of the stream in segments of the given size. */
  public static void send(OutputStream out, long bytes, int segment) throws IOException {
    long sent = 0;
    while (sent < bytes) {
      int from = (int) (sent % BLOCK.length);
      int length = (int) Math.min(Math.min(segment, BLOCK.length - from), bytes - sent);
      out.write(BLOCK, from, length);
      sent += length;
    }
  }

  /**
   * Receives so many bytes, or to the end of the stream if they are fewer.
   *
   * @return how many came
   * @throws IOException at the first byte that is not the stream's
   */
  public static long receive(InputStream in, long bytes, boolean slowly) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long received = 0;
    while (received < bytes) {
      int most = (int) Math.min(chunk.length, bytes - received);
      int from = (int) (received % BLOCK.length);
      int read = in.read(chunk, 0, Math.min(most, BLOCK.length - from));
      if (read < 0) {
        return received;
      }
      int wrong = Arrays.mismatch(BLOCK, from, from + read, chunk, 0, read);
      if (wrong >= 0) {
        throw new IOException("byte " + (received + wrong) + " is wrong");
      }
      received += read;
      if (slowly) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return received;
  }
}
