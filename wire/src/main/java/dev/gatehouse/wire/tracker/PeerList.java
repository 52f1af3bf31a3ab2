package dev.gatehouse.wire.tracker;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Peers of one family for an answer, in the order in which they were chosen.
 *
 * <p>Endpoints are kept as the compact form has them (BEP 23, BEP 7), so that it is written at one
 * stroke; ids lie beside them. A worker fills the same list again for each answer.
 */
public final class PeerList {

  private static final int PORT_LENGTH = 2;
  private static final int INITIAL_CAPACITY = 64;

  private final AddressFamily family;
  private final int endpointLength;
  private final int idLength;
  private byte[] endpoints;
  private byte[] ids;
  private int size;

  public PeerList(AddressFamily family) {
    this(family, PeerId.LENGTH);
  }

  private PeerList(AddressFamily family, int idLength) {
    this.family = family;
    this.idLength = idLength;
    endpointLength = endpointLength(family);
    endpoints = new byte[INITIAL_CAPACITY * endpointLength];
    ids = new byte[INITIAL_CAPACITY * idLength];
  }

  /** A list that keeps no ids, for answers that are compact in any case. */
  public static PeerList withoutIds(AddressFamily family) {
    return new PeerList(family, 0);
  }

  /** Bytes of an address and a port: 6 or 18. */
  public static int endpointLength(AddressFamily family) {
    return family.bytes() + PORT_LENGTH;
  }

  public AddressFamily family() {
    return family;
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  /**
   * Adds peers that lie side by side.
   *
   * @param endpoints in the compact form
   * @param ids of 20 bytes each
   * @param from the first peer's position in both
   */
  public void add(byte[] endpoints, byte[] ids, int from, int count) {
    reserve(count);
    System.arraycopy(
        endpoints,
        from * endpointLength,
        this.endpoints,
        size * endpointLength,
        count * endpointLength);
    System.arraycopy(ids, from * idLength, this.ids, size * idLength, count * idLength);
    size += count;
  }

  /** Adds a peer whose address is of this family. */
  public void add(Endpoint endpoint, PeerId id) {
    ByteBuffer packed = ByteBuffer.allocate(endpointLength);
    packed.put(endpoint.address().bytes()).putShort((short) endpoint.port());
    add(packed.array(), id.bytes(), 0, 1);
  }

  private void reserve(int count) {
    int needed = size + count;
    if (endpoints.length < needed * endpointLength) {
      int capacity = Math.max(needed, 2 * size);
      endpoints = Arrays.copyOf(endpoints, capacity * endpointLength);
      ids = Arrays.copyOf(ids, capacity * idLength);
    }
  }

  public Endpoint endpoint(int position) {
    int at = position * endpointLength;
    int port = at + family.bytes();
    return new Endpoint(
        IpAddress.ofBytes(Arrays.copyOfRange(endpoints, at, port)),
        (endpoints[port] & 0xff) << Byte.SIZE | (endpoints[port + 1] & 0xff));
  }

  /** The 20 bytes of a peer's id, where ids are kept. */
  public void writeId(ByteBuf out, int position) {
    out.writeBytes(ids, position * idLength, idLength);
  }

  /** The endpoints of the first peers, without anything between them. */
  public void writeCompact(ByteBuf out, int count) {
    out.writeBytes(endpoints, 0, count * endpointLength);
  }
}
