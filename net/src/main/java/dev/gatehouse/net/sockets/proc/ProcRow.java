package dev.gatehouse.net.sockets.proc;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.SocketQuery;
import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.net.sockets.SocketState;
import dev.gatehouse.net.sockets.SocketView;
import dev.gatehouse.net.sockets.V6Only;
import java.nio.ByteOrder;

/** One line of such a file, read into numbers. */
final class ProcRow implements SocketView {

  private static final int UNKNOWN = -1;
  private static final int PORT_DIGITS = 4;
  private static final int STATE_DIGITS = 2;
  private static final int QUEUE_DIGITS = 8;

  private final Protocol protocol;
  private final AddressFamily family;
  private final ProcColumns columns;
  private SocketState state = SocketState.UNKNOWN;
  private long localHigh;
  private long localLow;
  private int localPort;
  private long remoteHigh;
  private long remoteLow;
  private int remotePort;
  private long sendQueue;
  private long receiveQueue;
  private long uid;
  private long inode;
  private long drops;

  ProcRow(SocketQuery query, ByteOrder order) {
    protocol = query.protocol();
    family = query.family();
    columns = new ProcColumns(order);
  }

  /** Reads the line in a range, without its end; false if it is none of a socket. */
  boolean read(byte[] line, int from, int to) {
    columns.start(line, from, to);
    columns.skip();
    readLocal();
    readRemote();
    readState();
    columns.skip(); // timer
    columns.skip(); // retransmits
    uid = columns.decimal();
    columns.skip(); // timeout
    inode = columns.decimal();
    columns.skip(); // references; a line that is cut within its inode has none
    drops = protocol == Protocol.UDP ? readDrops() : UNKNOWN;
    return columns.intact();
  }

  private void readLocal() {
    columns.next();
    localHigh = readHigh();
    localLow = readLow();
    localPort = readPort();
  }

  private void readRemote() {
    columns.next();
    remoteHigh = readHigh();
    remoteLow = readLow();
    remotePort = readPort();
  }

  private long readHigh() {
    return family == AddressFamily.IPV4 ? 0 : (columns.addressWord() << 32) | columns.addressWord();
  }

  private long readLow() {
    long first = family == AddressFamily.IPV4 ? 0 : columns.addressWord() << 32;
    return first | columns.addressWord();
  }

  private int readPort() {
    columns.colon();
    int port = (int) columns.hex(PORT_DIGITS);
    columns.ended();
    return port;
  }

  private void readState() {
    columns.next();
    state = SocketState.ofCode((int) columns.hex(STATE_DIGITS));
    columns.ended();
    columns.next();
    sendQueue = columns.hex(QUEUE_DIGITS);
    columns.colon();
    receiveQueue = columns.hex(QUEUE_DIGITS);
    columns.ended();
  }

  private long readDrops() {
    columns.skip(); // place in memory
    return columns.decimal();
  }

  /** Unsigned 32 bits; 0 for a socket without a file. */
  long inode() {
    return inode;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public AddressFamily family() {
    return family;
  }

  @Override
  public SocketState state() {
    return state;
  }

  @Override
  public long localHigh() {
    return localHigh;
  }

  @Override
  public long localLow() {
    return localLow;
  }

  @Override
  public int localPort() {
    return localPort;
  }

  @Override
  public long remoteHigh() {
    return remoteHigh;
  }

  @Override
  public long remoteLow() {
    return remoteLow;
  }

  @Override
  public int remotePort() {
    return remotePort;
  }

  @Override
  public SocketRow copy() {
    return new SocketRow(
        protocol,
        family,
        state,
        new IpAddress(family, localHigh, localLow),
        localPort,
        new IpAddress(family, remoteHigh, remoteLow),
        remotePort,
        0,
        0,
        uid,
        inode,
        receiveQueue,
        // the file has 0 for the limit of an accept queue, which it does not know
        state == SocketState.LISTEN ? UNKNOWN : sendQueue,
        V6Only.UNKNOWN,
        0,
        false,
        drops,
        UNKNOWN);
  }
}
