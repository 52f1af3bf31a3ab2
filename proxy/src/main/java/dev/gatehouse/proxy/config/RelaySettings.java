package dev.gatehouse.proxy.config;

import dev.gatehouse.config.Section;
import java.time.Duration;

/**
 * How bytes get from one side to the other.
 *
 * @param spliceAfter bytes in one direction, after which a connection is spliced
 * @param buffer the most bytes that one read takes when they are copied
 * @param halfClosedTimeout without a byte, once one side has finished; zero is never
 */
public record RelaySettings(Mode mode, long spliceAfter, int buffer, Duration halfClosedTimeout) {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** Whether bytes enter this process. */
  public enum Mode {
    /** Spliced where that works, else copied. */
    AUTO("auto"),
    /** Spliced, or no start. */
    SPLICE("splice"),
    COPY("copy");

    private final String label;

    Mode(String label) {
      this.label = label;
    }

    /** The word for this in the configuration. */
    public String label() {
      return label;
    }
  }

  static RelaySettings read(Section proxy) {
    return new RelaySettings(
        proxy.choice("relay", "how bytes are passed on", Mode.class, Mode::label).orElse(Mode.AUTO),
        proxy
            .size("splice_after", "bytes in one direction, after which the kernel moves them")
            .range(0, 1024 * MIB)
            .orElse(64 * KIB),
        proxy
            .size("relay_buffer", "the most bytes that one read takes when they are copied")
            .range(4 * KIB, 16 * MIB)
            .orElse(256 * KIB),
        proxy
            .duration(
                "half_closed_timeout", "without a byte, after one side has finished; 0 = never")
            .orZero()
            .orElse(Duration.ofSeconds(60)));
  }
}
