package dev.gatehouse.net.datagram;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * One datagram and where it came from; used again for the next, so whoever keeps anything copies
 * it. The address is given in the halves of an {@link IpAddress}, never as an IPv4-mapped one.
 */
public final class Datagram {

  private ByteBuf content = Unpooled.EMPTY_BUFFER;
  private AddressFamily family = AddressFamily.IPV4;
  private long high;
  private long low;
  private int port;

  /** Makes this the datagram of these bytes. */
  public void set(ByteBuf bytes, AddressFamily from, long fromHigh, long fromLow, int fromPort) {
    content = bytes;
    family = from;
    high = fromHigh;
    low = fromLow;
    port = fromPort;
  }

  /** All of it, readable; owned by the listener. */
  public ByteBuf content() {
    return content;
  }

  public AddressFamily family() {
    return family;
  }

  /** The upper half of the address. */
  public long high() {
    return high;
  }

  /** The lower half of the address. */
  public long low() {
    return low;
  }

  public int port() {
    return port;
  }

  public IpAddress address() {
    return new IpAddress(family, high, low);
  }
}
