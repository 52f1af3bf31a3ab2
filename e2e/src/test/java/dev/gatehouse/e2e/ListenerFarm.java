package dev.gatehouse.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that listens where its arguments say, until its standard input ends: {@code
 * tcp/127.0.0.1/8001}, {@code udp/::1/8002}, with {@code twin} or {@code connected} behind another
 * slash.
 */
final class ListenerFarm {

  private ListenerFarm() {}

  public static void main(String[] arguments) throws IOException {
    List<Channel> open = new ArrayList<>();
    for (String argument : arguments) {
      open.addAll(open(argument.split("/", -1)));
    }
    System.out.println("listening on " + open.size());
    while (System.in.read() >= 0) {
      // until the test is done
    }
  }

  private static List<Channel> open(String[] fields) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByName(fields[1]), Integer.parseInt(fields[2]));
    String kind = fields.length > 3 ? fields[3] : "";
    if (fields[0].equals("udp")) {
      return List.of(udp(address, fields[1], kind));
    }
    return kind.equals("twin")
        ? List.of(tcp(address, fields[1], true), tcp(address, fields[1], true))
        : List.of(tcp(address, fields[1], false));
  }

  private static Channel tcp(InetSocketAddress address, String text, boolean twin)
      throws IOException {
    return ServerSocketChannel.open(family(text))
        .setOption(StandardSocketOptions.SO_REUSEPORT, twin)
        .bind(address);
  }

  private static Channel udp(InetSocketAddress address, String text, String kind)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open(family(text)).bind(address);
    return kind.equals("connected")
        ? channel.connect(new InetSocketAddress(address.getAddress(), 9))
        : channel;
  }

  /** A mapped address is written like an IPv6 one and bound by a socket of that family. */
  private static ProtocolFamily family(String text) {
    return text.indexOf(':') < 0 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
  }
}
