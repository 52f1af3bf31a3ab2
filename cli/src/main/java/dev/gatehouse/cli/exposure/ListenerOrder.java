package dev.gatehouse.cli.exposure;

import dev.gatehouse.v1.Listener;
import java.math.BigInteger;
import java.util.Comparator;

/** The order of the table: public first, then protocol, port and address. */
final class ListenerOrder {

  static final Comparator<Listener> FOR_PEOPLE =
      Comparator.comparing(Listener::getScope)
          .reversed()
          .thenComparing(Listener::getProto)
          .thenComparingInt(Listener::getPort)
          .thenComparing(Listener::getFamily)
          .thenComparing(listener -> number(listener.getAddress()))
          .thenComparing(Listener::getAddress)
          .thenComparing(Listener::getInterface)
          .thenComparing(Listener::getNetns)
          .thenComparingInt(Listener::getPid);

  private ListenerOrder() {}

  /** So that 10.0.0.9 comes before 10.0.0.10; IPv6 addresses are in order as text. */
  private static BigInteger number(String address) {
    BigInteger number = BigInteger.ZERO;
    if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
      return number;
    }
    for (String octet : address.split("\\.", -1)) {
      number = number.shiftLeft(8).add(new BigInteger(octet));
    }
    return number;
  }
}
