package dev.gatehouse.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that holds a number of TCP sockets open on loopback until its standard input ends: so
 * many listeners, and connections up to the total. Each connection is two sockets, both here.
 */
public final class SocketFarm {

  /** Below the ports that the kernel hands out. */
  private static final int FIRST_PORT = 10_000;

  private SocketFarm() {}

  /** Arguments: listeners, sockets in all. */
  public static void main(String[] arguments) throws IOException {
    int listeners = Integer.parseInt(arguments[0]);
    int total = Integer.parseInt(arguments[1]);
    List<AutoCloseable> open = new ArrayList<>();
    List<ServerSocketChannel> servers = new ArrayList<>();
    for (int i = 0; i < listeners; i++) {
      servers.add(listen(FIRST_PORT + i));
    }
    open.addAll(servers);
    for (int i = 0; open.size() + 2 <= total; i++) {
      ServerSocketChannel server = servers.get(i % listeners);
      open.add(SocketChannel.open(server.getLocalAddress()));
      open.add(server.accept());
    }
    System.out.println("holding " + open.size());
    while (System.in.read() >= 0) {
      // until the run is done
    }
  }

  private static ServerSocketChannel listen(int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return ServerSocketChannel.open().bind(new InetSocketAddress(loopback, port));
  }
}
