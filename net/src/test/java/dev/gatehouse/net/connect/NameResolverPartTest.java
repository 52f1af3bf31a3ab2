package dev.gatehouse.net.connect;

import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.testkit.PartContract;

class NameResolverPartTest extends PartContract {

  @Override
  protected Part newPart() {
    return new NameResolver(NameLookup.system(), Ticker.system());
  }
}
