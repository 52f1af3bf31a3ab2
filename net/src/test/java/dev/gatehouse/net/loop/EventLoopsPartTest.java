package dev.gatehouse.net.loop;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.testkit.PartContract;

class EventLoopsPartTest extends PartContract {

  @Override
  protected Part newPart() {
    return new EventLoops(Transport.AUTO);
  }
}
