package dev.gatehouse.kernel.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The only resolver of these tests: it counts what it is asked, and knows nothing. */
public final class FailingResolver extends InetAddressResolverProvider
    implements InetAddressResolver {

  static final AtomicLong QUESTIONS = new AtomicLong();

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return this;
  }

  @Override
  public String name() {
    return "failing";
  }

  @Override
  public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
      throws UnknownHostException {
    QUESTIONS.incrementAndGet();
    throw new UnknownHostException(host);
  }

  @Override
  public String lookupByAddress(byte[] address) throws UnknownHostException {
    QUESTIONS.incrementAndGet();
    throw new UnknownHostException("an address");
  }
}
