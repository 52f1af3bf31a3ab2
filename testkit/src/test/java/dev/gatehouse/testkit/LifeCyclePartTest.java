package dev.gatehouse.testkit;

import dev.gatehouse.kernel.lifecycle.LifeCycle;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.time.Ticker;
import java.util.List;

/** Several parts as one keep the promises of one. */
class LifeCyclePartTest extends PartContract {

  @Override
  protected Part newPart() {
    LifeCycle inner = new LifeCycle("inner", List.of(), Await.PATIENCE, Ticker.system());
    return new LifeCycle("outer", List.of(inner), Await.PATIENCE, Ticker.system());
  }
}
