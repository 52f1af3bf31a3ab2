package dev.gatehouse.watch;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.SocketView;
import dev.gatehouse.net.sockets.V6Only;

/** Makes rows of the kernel's table, of which a test says only what matters to it. */
public final class SocketRows {

  private final Protocol protocol;
  private final IpAddress local;
  private final int port;
  private SocketState state;
  private IpAddress remote;
  private int remotePort;
  private int device;
  private long cookie;
  private long inode;
  private long uid = 1000;
  private long receiveQueue;
  private long sendQueue = 128;
  private V6Only v6Only = V6Only.UNKNOWN;
  private long cgroup;
  private long drops = -1;

  private SocketRows(Protocol protocol, String address, int port) {
    this.protocol = protocol;
    this.local = address(address);
    this.port = port;
    this.state = protocol == Protocol.TCP ? SocketState.LISTEN : SocketState.CLOSE;
    this.remote = new IpAddress(local.family(), 0, 0);
    this.inode = (protocol == Protocol.TCP ? 1_000_000L : 2_000_000L) + port;
    this.cookie = inode;
  }

  public static SocketRows tcp(String address, int port) {
    return new SocketRows(Protocol.TCP, address, port);
  }

  public static SocketRows udp(String address, int port) {
    return new SocketRows(Protocol.UDP, address, port).drops(0);
  }

  public static IpAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  public SocketRows state(SocketState other) {
    state = other;
    return this;
  }

  public SocketRows peer(String address, int otherPort) {
    remote = address(address);
    remotePort = otherPort;
    return this;
  }

  public SocketRows device(int index) {
    device = index;
    return this;
  }

  /** Inode and cookie alike. */
  public SocketRows socket(long number) {
    inode = number;
    cookie = number;
    return this;
  }

  public SocketRows cookie(long other) {
    cookie = other;
    return this;
  }

  public SocketRows uid(long other) {
    uid = other;
    return this;
  }

  public SocketRows queue(long length, long limit) {
    receiveQueue = length;
    sendQueue = limit;
    return this;
  }

  public SocketRows v6Only(V6Only other) {
    v6Only = other;
    return this;
  }

  public SocketRows cgroup(long id) {
    cgroup = id;
    return this;
  }

  public SocketRows drops(long number) {
    drops = number;
    return this;
  }

  public SocketRow row() {
    boolean udp = protocol == Protocol.UDP;
    return new SocketRow(
        protocol,
        local.family(),
        state,
        local,
        port,
        remote,
        remotePort,
        device,
        cookie,
        uid,
        inode,
        receiveQueue,
        udp ? 0 : sendQueue,
        v6Only,
        cgroup,
        false,
        drops,
        udp ? 212_992 : -1);
  }

  /** The row as a reader shows it. */
  public static SocketView view(SocketRow row) {
    return new View(row);
  }

  private record View(SocketRow row) implements SocketView {

    @Override
    public Protocol protocol() {
      return row.protocol();
    }

    @Override
    public AddressFamily family() {
      return row.family();
    }

    @Override
    public SocketState state() {
      return row.state();
    }

    @Override
    public long localHigh() {
      return row.localAddress().high();
    }

    @Override
    public long localLow() {
      return row.localAddress().low();
    }

    @Override
    public int localPort() {
      return row.localPort();
    }

    @Override
    public long remoteHigh() {
      return row.remoteAddress().high();
    }

    @Override
    public long remoteLow() {
      return row.remoteAddress().low();
    }

    @Override
    public int remotePort() {
      return row.remotePort();
    }

    @Override
    public SocketRow copy() {
      return row;
    }
  }
}
