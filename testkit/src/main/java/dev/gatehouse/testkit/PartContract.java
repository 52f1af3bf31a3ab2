package dev.gatehouse.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatehouse.kernel.lifecycle.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Part} promises; the test of a part subclasses this suite. */
@Timeout(60)
public abstract class PartContract {

  /** A new part that can start, at every call. */
  protected abstract Part newPart() throws Exception;

  @Test
  protected void hasAName() throws Exception {
    Part part = newPart();
    assertFalse(part.name().isBlank());
    part.close();
  }

  @Test
  protected void startsAndCloses() throws Exception {
    startAndClose();
  }

  @Test
  protected void closesTwice() throws Exception {
    Part part = newPart();
    part.start();
    part.close();
    part.close();
  }

  @Test
  protected void closesWithoutAStart() throws Exception {
    Part part = newPart();
    part.close();
    part.close();
  }

  /** What it held, such as a port, is free again. */
  @Test
  protected void anotherOneCanStartAfterIt() throws Exception {
    startAndClose();
    startAndClose();
  }

  private void startAndClose() throws Exception {
    Part part = newPart();
    part.start();
    part.close();
  }
}
