package dev.gatehouse.net.listen;

import dev.gatehouse.kernel.address.AddressScope;
import io.netty.channel.Channel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the admitted connections of a listener by how far away their client is. */
final class OpenConnections implements AdmissionStep {

  private final Map<AddressScope, LongAdder> byScope = new EnumMap<>(AddressScope.class);

  OpenConnections() {
    for (AddressScope scope : AddressScope.values()) {
      byScope.put(scope, new LongAdder());
    }
  }

  @Override
  public Verdict admit(Channel channel) {
    LongAdder open = open(ClientAddress.of(channel).address().scope());
    open.increment();
    channel.closeFuture().addListener(closed -> open.decrement());
    return Verdict.ADMITTED;
  }

  LongAdder open(AddressScope scope) {
    return Objects.requireNonNull(byScope.get(scope));
  }
}
