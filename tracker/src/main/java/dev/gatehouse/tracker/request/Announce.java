package dev.gatehouse.tracker.request;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import dev.gatehouse.wire.tracker.PeerList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one announce asks of a swarm: who asks, which torrent, what changes, how many peers.
 *
 * <p>A worker has one and fills it again for each announce, so that none is allocated: {@link
 * #torrent}, {@link #peer}, {@link #clearAddresses}, then at least one {@link #addAddress}. Peers
 * are kept as answers spell them, an endpoint of 6 or 18 bytes and an id of 20. Whoever holds an
 * announce beyond the call that it came with copies it.
 */
public final class Announce {

  /** The observed address, and as many as a query can claim. */
  public static final int MAX_ADDRESSES = 4;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private long first;
  private long second;
  private int tail;

  private final byte[] id = new byte[PeerId.LENGTH];
  private int idTail;

  private final AddressFamily[] families = new AddressFamily[MAX_ADDRESSES];
  private final byte[][] endpoints =
      new byte[MAX_ADDRESSES][PeerList.endpointLength(AddressFamily.IPV6)];
  private int addresses;

  private Change change = Change.NOTHING;
  private boolean seeder;
  private int numWant;

  /** The one family that the answer has room for; null for both. */
  private @Nullable AddressFamily only;

  /** The torrent whose hash has its first 20 bytes at an index. */
  public void torrent(ByteBuf in, int at) {
    first = in.getLong(at);
    second = in.getLong(at + 8);
    tail = in.getInt(at + 16);
  }

  /** The torrent with this hash, of which the first 20 bytes count. */
  public void torrent(InfoHash hash) {
    first = hash.first();
    second = hash.second();
    tail = hash.tail();
  }

  /** The peer whose id is at an index. */
  public void peer(ByteBuf in, int at) {
    in.getBytes(at, id);
    idTail = (int) INT.get(id, PeerId.LENGTH - Integer.BYTES);
  }

  public void peer(PeerId peerId) {
    peer(Unpooled.wrappedBuffer(peerId.bytes()), 0);
  }

  public void clearAddresses() {
    addresses = 0;
    only = null;
  }

  /**
   * Adds an address, in the halves of an {@code IpAddress}; the first one's family is the primary
   * one. An address that is there already is not added again.
   */
  public void addAddress(AddressFamily family, long high, long low, int port) {
    byte[] endpoint = endpoints[addresses];
    switch (family) {
      case IPV4 -> INT.set(endpoint, 0, (int) low);
      case IPV6 -> {
        LONG.set(endpoint, 0, high);
        LONG.set(endpoint, Long.BYTES, low);
      }
    }
    endpoint[family.bytes()] = (byte) (port >>> Byte.SIZE);
    endpoint[family.bytes() + 1] = (byte) port;
    families[addresses] = family;
    if (!isOwnEndpoint(family, endpoint, 0)) {
      addresses++;
    }
  }

  /**
   * What the announce does to the peer, and which peers it is told of; one that leaves is told of
   * none.
   *
   * @param seeder whether the peer lacks nothing, so that it is told of leechers alone
   * @param numWant 0 for no peers
   */
  public void asks(Change change, boolean seeder, int numWant) {
    this.change = change;
    this.seeder = seeder;
    this.numWant = change == Change.STOP ? 0 : numWant;
  }

  /** Says that peers of the other family are of no use, since the answer has no room for them. */
  public void wantsOnly(AddressFamily family) {
    only = family;
  }

  /** Bytes 0 to 7 of the torrent's hash. */
  public long first() {
    return first;
  }

  /** Bytes 8 to 15 of the torrent's hash. */
  public long second() {
    return second;
  }

  /** Bytes 16 to 19 of the torrent's hash. */
  public int tail() {
    return tail;
  }

  /** The 20 bytes of the peer's id; not to be changed. */
  public byte[] id() {
    return id;
  }

  /** How many addresses the peer has. */
  public int addresses() {
    return addresses;
  }

  public AddressFamily family(int address) {
    return families[address];
  }

  /** Address and port in the compact form; not to be changed. */
  public byte[] endpoint(int address) {
    return endpoints[address];
  }

  /** The family whose peers come first. */
  public AddressFamily primaryFamily() {
    return only == null ? families[0] : only;
  }

  public Change change() {
    return change;
  }

  public boolean isSeeder() {
    return seeder;
  }

  public int numWant() {
    return numWant;
  }

  public boolean isPrimaryFamilyOnly() {
    return only != null;
  }

  /** A byte that few other ids have too, so that most of them need not be looked at. */
  public byte idMark() {
    // the golden ratio spreads what clients take from few letters
    return (byte) ((idTail * 0x9e37_79b1) >>> 24);
  }

  /**
   * Whether these 20 bytes are the peer's id; the last ones first, since the first name clients.
   */
  public boolean isOwnId(byte[] ids, int at) {
    return (int) INT.get(ids, at + PeerId.LENGTH - Integer.BYTES) == idTail
        && Arrays.equals(ids, at, at + PeerId.LENGTH, id, 0, PeerId.LENGTH);
  }

  /** Whether this is an address of the peer, in the compact form. */
  boolean isOwnEndpoint(AddressFamily family, byte[] all, int at) {
    int length = PeerList.endpointLength(family);
    int last = (int) INT.get(all, at + length - Integer.BYTES);
    for (int i = 0; i < addresses; i++) {
      if (families[i] == family
          && (int) INT.get(endpoints[i], length - Integer.BYTES) == last
          && Arrays.equals(all, at, at + length, endpoints[i], 0, length)) {
        return true;
      }
    }
    return false;
  }
}
