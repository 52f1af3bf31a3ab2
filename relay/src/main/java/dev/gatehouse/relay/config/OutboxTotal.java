package dev.gatehouse.relay.config;

import dev.gatehouse.config.value.SizeText;
import java.util.Optional;

/**
 * What may wait for all phones together before each may have less.
 *
 * @param bytes 0: as much as suits the memory of the process
 */
public record OutboxTotal(long bytes) {

  static final String EXPECTED = "auto, or a size of 1B or more";
  static final OutboxTotal AUTO = new OutboxTotal(0);

  private static final String AUTO_TEXT = "auto";

  /** Of the memory outside the heap, which other buffers want too. */
  private static final int SHARE = 4;

  private static final long LEAST = 64L * 1024 * 1024;

  static Optional<OutboxTotal> parse(String text) {
    return text.equals(AUTO_TEXT)
        ? Optional.of(AUTO)
        : SizeText.parse(text).filter(bytes -> bytes > 0).map(OutboxTotal::new);
  }

  /** The bound in a process that may have so many bytes outside its heap. */
  public long in(long directMemory) {
    return bytes > 0 ? bytes : Math.max(LEAST, directMemory / SHARE);
  }

  @Override
  public String toString() {
    return bytes > 0 ? SizeText.print(bytes) : AUTO_TEXT;
  }
}
