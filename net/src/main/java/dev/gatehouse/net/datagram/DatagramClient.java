package dev.gatehouse.net.datagram;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;

/**
 * Somebody who asks one server by UDP and waits for its answers; for a question now and then, in a
 * thread that may block.
 */
public final class DatagramClient implements AutoCloseable {

  private static final int LONGEST_ANSWER = 2048;

  private final DatagramSocket socket;
  private final InetAddress server;

  /**
   * A client of a server.
   *
   * @throws IOException if the name is not known or the server cannot be reached
   */
  public DatagramClient(String host, int port) throws IOException {
    server = InetAddress.getByName(host);
    socket = new DatagramSocket();
    try {
      // takes nothing from anybody else, and hears of ports where nobody listens
      socket.connect(new InetSocketAddress(server, port));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Bytes of the server's address: 4 or 16. */
  public int addressLength() {
    return server.getAddress().length;
  }

  /**
   * Sends a question and waits for whatever comes next.
   *
   * @throws IOException if nothing comes in time
   */
  public byte[] ask(byte[] question, Duration patience) throws IOException {
    socket.setSoTimeout((int) patience.toMillis());
    socket.send(new DatagramPacket(question, question.length));
    DatagramPacket answer = new DatagramPacket(new byte[LONGEST_ANSWER], LONGEST_ANSWER);
    socket.receive(answer);
    return Arrays.copyOf(answer.getData(), answer.getLength());
  }

  @Override
  public void close() {
    socket.close();
  }
}
