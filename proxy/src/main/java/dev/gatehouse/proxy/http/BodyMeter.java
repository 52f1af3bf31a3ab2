package dev.gatehouse.proxy.http;

/** Counts the bytes of one body against what its head promised and what it may be. */
public final class BodyMeter {

  private final Framing framing;
  private final long max;
  private long bytes;

  /** What the count says after a piece. */
  public enum Outcome {
    /** So far, so good. */
    FINE,
    /** More than the head promised. */
    SURPLUS,
    /** More than is allowed. */
    TOO_LARGE
  }

  /**
   * @param max bytes that are allowed, 0 for any number
   */
  public BodyMeter(Framing framing, long max) {
    this.framing = framing;
    this.max = max;
  }

  /** Whether the head alone promises more than is allowed. */
  public boolean isTooLarge() {
    return framing instanceof Framing.Length(long promised) && exceeds(promised);
  }

  /** Counts a piece. */
  public Outcome take(int length) {
    bytes += length;
    if (exceeds(bytes)) {
      return Outcome.TOO_LARGE;
    }
    return switch (framing) {
      case Framing.None() -> bytes == 0 ? Outcome.FINE : Outcome.SURPLUS;
      case Framing.Length(long promised) -> bytes <= promised ? Outcome.FINE : Outcome.SURPLUS;
      case Framing.Streamed(), Framing.UntilClose() -> Outcome.FINE;
    };
  }

  /** Whether the body may end here; if not, its end must not look like one. */
  public boolean isWhole() {
    return switch (framing) {
      case Framing.Length(long promised) -> bytes == promised;
      case Framing.None(), Framing.Streamed(), Framing.UntilClose() -> true;
    };
  }

  public long bytes() {
    return bytes;
  }

  private boolean exceeds(long length) {
    return max > 0 && length > max;
  }
}
