package dev.gatehouse.watch.exposure;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.net.sockets.V6Only;

/**
 * Where a socket listens.
 *
 * @param netns {@code own}, or the label of another network namespace
 * @param family of the address after unmapping
 * @param address never a mapped one
 * @param interfaceName the device to which the socket is bound, empty for none
 */
public record Binding(
    String netns,
    Protocol protocol,
    AddressFamily family,
    IpAddress address,
    String interfaceName,
    int port,
    V6Only v6Only) {

  /** The label of the namespace in which Gatehouse runs. */
  public static final String OWN_NETNS = "own";

  /** From how far the address can be reached; a wildcard is public. */
  public AddressScope scope() {
    return address.scope();
  }

  /** Whether this lies in the namespace in which Gatehouse runs. */
  public boolean isOwnNetns() {
    return netns.equals(OWN_NETNS);
  }
}
