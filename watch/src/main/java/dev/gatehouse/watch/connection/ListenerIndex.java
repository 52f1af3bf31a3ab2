package dev.gatehouse.watch.connection;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.V6Only;
import java.util.Arrays;

/**
 * Which local ends are covered by a listener, answered without allocating.
 *
 * <p>The port alone is not enough: an outgoing socket may have the number of some listener's port
 * on another address. Listeners of a port are a chain through arrays, since nearly all ports have
 * none and the rest one or two.
 */
final class ListenerIndex {

  private static final int PORTS = 65_536;
  private static final byte ONLY_THIS_ADDRESS = 0;
  private static final byte ALL_IPV4 = 1;
  private static final byte ALL_IPV6 = 2;
  private static final byte ALL = 3;

  /** One more than the index of the port's first listener; 0 for none. */
  private final int[] heads = new int[PORTS];

  private int[] next = new int[64];
  private int[] ports = new int[64];
  private byte[] reaches = new byte[64];
  private boolean[] ipv4 = new boolean[64];
  private long[] highs = new long[64];
  private long[] lows = new long[64];
  private int size;

  void clear() {
    for (int i = 0; i < size; i++) {
      heads[ports[i]] = 0;
    }
    size = 0;
  }

  int size() {
    return size;
  }

  void add(SocketRow listener) {
    if (size == next.length) {
      grow();
    }
    IpAddress address = listener.localAddress().unmapped();
    int port = listener.localPort();
    ports[size] = port;
    ipv4[size] = address.family() == AddressFamily.IPV4;
    reaches[size] = reach(address, listener.v6Only());
    highs[size] = address.high();
    lows[size] = address.low();
    next[size] = heads[port];
    heads[port] = ++size;
  }

  /** Whether a local end, its mapped address already made IPv4, is some listener's. */
  boolean covers(int port, boolean isIpv4, long high, long low) {
    for (int i = heads[port]; i != 0; i = next[i - 1]) {
      if (coversAt(i - 1, isIpv4, high, low)) {
        return true;
      }
    }
    return false;
  }

  private boolean coversAt(int i, boolean isIpv4, long high, long low) {
    byte wanted = isIpv4 ? ALL_IPV4 : ALL_IPV6;
    return (reaches[i] & wanted) != 0 || (ipv4[i] == isIpv4 && highs[i] == high && lows[i] == low);
  }

  private static byte reach(IpAddress address, V6Only v6Only) {
    if (!address.isWildcard()) {
      return ONLY_THIS_ADDRESS;
    }
    if (address.family() == AddressFamily.IPV4) {
      return ALL_IPV4;
    }
    return v6Only == V6Only.YES ? ALL_IPV6 : ALL;
  }

  private void grow() {
    int length = size * 2;
    next = Arrays.copyOf(next, length);
    ports = Arrays.copyOf(ports, length);
    reaches = Arrays.copyOf(reaches, length);
    ipv4 = Arrays.copyOf(ipv4, length);
    highs = Arrays.copyOf(highs, length);
    lows = Arrays.copyOf(lows, length);
  }
}
