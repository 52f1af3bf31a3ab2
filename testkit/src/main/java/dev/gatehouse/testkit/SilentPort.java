package dev.gatehouse.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue is full: the kernel drops every further SYN, so that connects hang. */
public final class SilentPort implements AutoCloseable {

  private static final int BACKLOG = 1;

  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final List<SocketChannel> queued = new ArrayList<>();

  /** Port 0 is one that the kernel chooses. */
  public SilentPort(InetAddress address, int port) throws IOException {
    server.bind(new InetSocketAddress(address, port), BACKLOG);
    for (int i = 0; i <= BACKLOG; i++) {
      queued.add(SocketChannel.open(server.getLocalAddress()));
    }
  }

  /** Where nobody answers. */
  public int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel client : queued) {
      client.close();
    }
    server.close();
  }
}
