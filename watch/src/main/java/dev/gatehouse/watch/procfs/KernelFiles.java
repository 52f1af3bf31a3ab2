package dev.gatehouse.watch.procfs;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads small files of the kernel whole, into one buffer that the next read reuses; for one thread.
 *
 * <p>Such files tell no size beforehand and are made anew by each read from their start, hence the
 * reading to the end in few large pieces.
 */
public final class KernelFiles {

  /** The most that is read of one file; the rest is left out. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final int FIRST_BYTES = 16 * 1024;

  private byte[] buffer = new byte[FIRST_BYTES];

  /**
   * The content, valid until the next read; empty if the file is missing or may not be read, since
   * for a reader of fields both are the same.
   */
  public TextCursor read(Path file) {
    return read(file, MAX_BYTES);
  }

  /** The first bytes of the content, as {@link #read(Path)} otherwise. */
  public TextCursor read(Path file, int maxBytes) {
    int length = load(file, maxBytes);
    return new TextCursor(buffer, 0, length);
  }

  /** Reads as {@link #read(Path)} does, for who looks at {@link #bytes} itself; the length. */
  public int load(Path file, int maxBytes) {
    try (InputStream in = new FileInputStream(file.toString())) {
      return fill(in, Math.min(maxBytes, MAX_BYTES));
    } catch (IOException _) {
      return 0;
    }
  }

  /** What was read last, followed by what was read before; the caller changes nothing of it. */
  public byte[] bytes() {
    return buffer;
  }

  private int fill(InputStream in, int maxBytes) throws IOException {
    int length = 0;
    while (length < maxBytes) {
      if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, MAX_BYTES));
      }
      int count = in.read(buffer, length, Math.min(buffer.length, maxBytes) - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    return length;
  }
}
