package dev.gatehouse.wire.proxyprotocol;

import dev.gatehouse.kernel.address.Endpoint;
import java.util.List;

/** What a PROXY protocol header says about the connection that follows it. */
public sealed interface ProxyHeader {

  /**
   * The sender names no client whose address could count: {@code UNKNOWN} in version 1; {@code
   * LOCAL}, or a family or transport other than TCP over IP, in version 2.
   */
  record Direct() implements ProxyHeader {}

  /**
   * The sender passes on a connection that {@code source} made to {@code destination}.
   *
   * @param source never an IPv4-mapped address
   * @param destination never an IPv4-mapped address
   * @param tlvs in their order, as they were sent, but for paddings and the checksum; version 2
   *     only
   */
  record Relayed(Endpoint source, Endpoint destination, List<Tlv> tlvs) implements ProxyHeader {

    public Relayed {
      tlvs = List.copyOf(tlvs);
    }
  }
}
