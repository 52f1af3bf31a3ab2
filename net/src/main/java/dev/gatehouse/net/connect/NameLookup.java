package dev.gatehouse.net.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks for the addresses of a name and waits for the answer, however long it takes. */
@FunctionalInterface
public interface NameLookup {

  /** The addresses in the order in which they should be tried. */
  List<InetAddress> lookUp(String name) throws UnknownHostException;

  /** The system's own resolver, with its hosts file and all that nsswitch.conf(5) names. */
  static NameLookup system() {
    return name -> List.of(InetAddress.getAllByName(name));
  }
}
