package dev.gatehouse.e2e.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two clients that announce themselves without a pause, one over a connection that it keeps and one
 * by UDP under an id that it keeps; each is alone in a swarm of its own, which it must be told.
 */
final class TrackerLoad implements AutoCloseable {

  private static final String PEER = "-TR3000-000000000001";
  private static final int PORT = 6881;

  private final Announcer client;
  private final Socket connection;
  private final long connectionId;
  private final List<String> surprises = new CopyOnWriteArrayList<>();
  private final AtomicLong byHttp = new AtomicLong();
  private final AtomicLong byUdp = new AtomicLong();
  private final List<Thread> threads;
  private volatile boolean ended;

  TrackerLoad(Announcer client) throws Exception {
    this.client = client;
    connection = client.connected();
    connection.setSoTimeout(10_000);
    connectionId = client.connect();
    threads =
        List.of(
            Thread.ofPlatform().start(() -> repeat(this::announceByHttp, byHttp)),
            Thread.ofPlatform().start(() -> repeat(this::announceByUdp, byUdp)));
  }

  /** One announce, and what is wrong with its answer; empty for nothing. */
  private interface Request {
    String make() throws IOException;
  }

  private void repeat(Request request, AtomicLong answered) {
    try {
      while (!ended) {
        String surprise = request.make();
        if (!surprise.isEmpty()) {
          surprises.add(surprise);
        }
        answered.incrementAndGet();
      }
    } catch (IOException e) {
      surprises.add(e.toString());
    }
  }

  private String announceByHttp() throws IOException {
    String request =
        "GET /announce?info_hash=%s&peer_id=%s&port=%d&uploaded=0&downloaded=0&left=1 HTTP/1.1\r\n\r\n"
            .formatted("H".repeat(20), PEER, PORT);
    connection.getOutputStream().write(request.getBytes(ISO_8859_1));
    DataInputStream in = new DataInputStream(connection.getInputStream());
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    String length = head.toString().replaceFirst("(?is).*content-length: ([0-9]+).*", "$1");
    byte[] body = new byte[Integer.parseInt(length)];
    in.readFully(body);
    String answer = new String(body, ISO_8859_1);
    return answer.startsWith("d8:completei0e10:incompletei1e") ? "" : head + answer;
  }

  private String announceByUdp() throws IOException {
    ByteBuffer announce = ByteBuffer.allocate(98).putLong(connectionId).putInt(1).putInt(7);
    announce.put("U".repeat(20).getBytes(ISO_8859_1)).put(PEER.getBytes(ISO_8859_1));
    announce.putLong(0).putLong(1).putLong(0).putInt(0).putInt(0).putInt(0).putInt(50);
    ByteBuffer answer = client.ask(announce.putShort((short) PORT));
    boolean expected = answer.remaining() == 26 && answer.getInt(0) == 1 && answer.getInt(12) == 1;
    return expected ? "" : "datagram of " + answer.remaining() + " bytes";
  }

  /** How many answers the slower of the two has had. */
  long answered() {
    return Math.min(byHttp.get(), byUdp.get());
  }

  /** What was wrong so far. */
  List<String> surprises() {
    return surprises;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
