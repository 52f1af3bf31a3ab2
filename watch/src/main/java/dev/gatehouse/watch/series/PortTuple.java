package dev.gatehouse.watch.series;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.exposure.Binding;

/** The five labels that make a series of listening ports. */
record PortTuple(
    Protocol protocol, int port, AddressFamily family, AddressScope scope, String process) {

  static PortTuple of(Binding binding, String process) {
    return new PortTuple(
        binding.protocol(), binding.port(), binding.family(), binding.scope(), process);
  }

  String[] labels() {
    return new String[] {
      protocol.label(), Integer.toString(port), family.label(), scope.label(), process
    };
  }

  /** Without the protocol, which the metric's name says. */
  String[] labelsOfQueue() {
    return new String[] {Integer.toString(port), family.label(), scope.label(), process};
  }

  @Override
  public int hashCode() {
    return (port * 31 + process.hashCode()) * 31 + (family.hashCode() ^ scope.hashCode());
  }
}
