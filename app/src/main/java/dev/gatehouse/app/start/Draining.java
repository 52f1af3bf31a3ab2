package dev.gatehouse.app.start;

import dev.gatehouse.kernel.lifecycle.Part;

/**
 * The second step of an end: connections finish, while operators can still watch how they do.
 *
 * <p>Starts last but one, since parts end in reverse.
 */
public final class Draining implements Part {

  private final Step step;

  /** What lets them finish. */
  @FunctionalInterface
  public interface Step {
    void run() throws InterruptedException;
  }

  public Draining(Step step) {
    this.step = step;
  }

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public void start() {
    // there is nobody yet
  }

  @Override
  public void close() throws InterruptedException {
    step.run();
  }
}
