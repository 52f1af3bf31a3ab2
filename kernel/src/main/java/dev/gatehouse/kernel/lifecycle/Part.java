package dev.gatehouse.kernel.lifecycle;

/**
 * Something that runs from {@link #start} to {@link #close}.
 *
 * <p>{@code start} completes, or undoes all that it began and throws. {@code close} may be called
 * twice, and on a part that never started.
 */
public interface Part {

  /** The name that failures and logs use. */
  String name();

  /** Starts; a failure leaves nothing behind. */
  void start() throws Exception;

  /** Stops within the time that the part was built with. */
  void close() throws Exception;
}
