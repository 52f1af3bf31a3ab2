package dev.gatehouse.watch.host.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** The addresses of this host's interfaces, as the kernel gives them. */
public final class InterfaceAddresses {

  private InterfaceAddresses() {}

  /** The first IPv4 address, or an empty text. */
  public static String ipv4(String interfaceName) {
    try {
      NetworkInterface found = NetworkInterface.getByName(interfaceName);
      return found == null
          ? ""
          : found
              .inetAddresses()
              .filter(Inet4Address.class::isInstance)
              .map(InetAddress::getHostAddress)
              .findFirst()
              .orElse("");
    } catch (SocketException _) {
      return "";
    }
  }
}
