package dev.gatehouse.watch.listening;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.exposure.Binding;

/** Where something listens, whoever it is: the identity of a listener between two scans. */
public record Place(
    String netns,
    Protocol protocol,
    AddressFamily family,
    IpAddress address,
    String interfaceName,
    int port) {

  /** The place of a binding. */
  public static Place of(Binding binding) {
    return new Place(
        binding.netns(),
        binding.protocol(),
        binding.family(),
        binding.address(),
        binding.interfaceName(),
        binding.port());
  }

  @Override
  public int hashCode() {
    return ((Long.hashCode(address.low()) * 31 + port) * 31 + protocol.hashCode()) * 31
        + netns.hashCode();
  }
}
