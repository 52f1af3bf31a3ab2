package dev.gatehouse.bench.tracker;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Announces by UDP from several addresses, with a number of them under way at a time.
 *
 * <p>Answers that do not come are given up together once nothing has come for a while.
 */
final class UdpLoad implements AutoCloseable {

  private static final int SOCKETS = 4;
  private static final int BUFFER = 8 << 20;
  private static final long PATIENCE_NANOS = 50_000_000;
  private static final int CONNECT_MILLIS = 5000;
  private static final int CONNECT_BYTES = 16;
  private static final long PROTOCOL_ID = 0x0000_0417_2710_1980L;
  private static final int ANNOUNCE_BYTES = 98;
  private static final int ANNOUNCE_HEAD = 20;
  private static final int PEER_BYTES = 6;

  /** What a peer's id begins with: {@code -TR3000-}. */
  private static final long CLIENT = 0x2d54_5233_3030_302dL;

  private static final int ID = 0;
  private static final int ACTION = 8;
  private static final int HASH = 16;
  private static final int PEER_ID = 36;
  private static final int LEFT = 64;
  private static final int NUM_WANT = 92;
  private static final int PORT = 96;

  /** Nobody yet. */
  static final UdpLoad NONE = new UdpLoad(new Swarms(0, 0), 0, 0);

  private final Swarms swarms;
  private final int wanted;
  private final int window;
  private final List<Source> sources = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);

  /**
   * Who announces what.
   *
   * @param torrents of which each is as likely as any other
   * @param peersEach what each of them has once all have come
   */
  record Swarms(int torrents, int peersEach) {

    private int portsEach() {
      return Math.ceilDiv(peersEach, SOCKETS);
    }
  }

  /** One socket with what it has under way. */
  private static final class Source {

    private final int number;
    private final BatchedSocket socket;
    private int underWay;

    Source(int number, BatchedSocket socket) {
      this.number = number;
      this.socket = socket;
    }
  }

  /**
   * What came of a load.
   *
   * @param sent announces
   * @param answers to them
   * @param peers in all answers
   */
  record Result(long sent, long answers, long peers) {}

  private UdpLoad(Swarms swarms, int wanted, int window) {
    this.swarms = swarms;
    this.wanted = wanted;
    this.window = window;
  }

  UdpLoad(int port, Swarms swarms, int wanted, int window) {
    this(swarms, wanted, window);
    for (int i = 1; i <= SOCKETS; i++) {
      sources.add(connected(port, i));
    }
  }

  private Source connected(int port, int host) {
    BatchedSocket socket = new BatchedSocket(1 << 8 | host, 1, port, BUFFER, ANNOUNCE_BYTES);
    socket.outgoing(0).putLong(ID, PROTOCOL_ID).putInt(ACTION, 0).putInt(ACTION + 4, 1);
    socket.outgoing(0, CONNECT_BYTES);
    socket.send(1);
    if (!socket.await(CONNECT_MILLIS) || socket.receive() != 1) {
      throw new IllegalStateException("no answer from port " + port);
    }
    long id = socket.incoming(0).getLong(ACTION);
    socket.outgoing(0, ANNOUNCE_BYTES);
    for (int i = 0; i < BatchedSocket.BATCH; i++) {
      socket.outgoing(i).putLong(ID, id).putInt(ACTION, 1).putInt(NUM_WANT, wanted);
    }
    return new Source(host, socket);
  }

  /** Sends so many announces and waits for their answers. */
  Result run(long announces) {
    long sent = 0;
    long answers = 0;
    long peers = 0;
    long heard = System.nanoTime();
    while (sent < announces || isUnderWay()) {
      long before = answers;
      for (Source source : sources) {
        sent += fill(source, announces - sent);
        int count = source.socket.receive();
        source.underWay = Math.max(0, source.underWay - count);
        answers += count;
        for (int i = 0; i < count; i++) {
          peers += Math.max(0, source.socket.length(i) - ANNOUNCE_HEAD) / PEER_BYTES;
        }
      }
      // on a core of its own it never sleeps, so that it is not the one that others wait for
      if (answers > before) {
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > PATIENCE_NANOS) {
        sources.forEach(source -> source.underWay = 0);
      }
    }
    return new Result(sent, answers, peers);
  }

  /** Without an object for each time that it is asked. */
  private boolean isUnderWay() {
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).underWay > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sends a batch where there is room for a whole one, so that neither side works for single ones.
   */
  private int fill(Source source, long left) {
    int batch = (int) Math.min(left, BatchedSocket.BATCH);
    if (batch == 0 || source.underWay + batch > window) {
      return 0;
    }
    for (int i = 0; i < batch; i++) {
      write(source, source.socket.outgoing(i));
    }
    int went = source.socket.send(batch);
    source.underWay += went;
    return went;
  }

  private void write(Source source, ByteBuffer packet) {
    writeHash(packet, HASH, random.nextInt(swarms.torrents()));
    int peer = random.nextInt(swarms.portsEach());
    // one in four has everything, and stays so
    packet.putLong(LEFT, peer % 4 == 0 ? 0 : 1);
    packet.putLong(PEER_ID, CLIENT).putLong(PEER_ID + 8, peer * 0x9e37_79b9_7f4a_7c15L);
    packet.putInt(PEER_ID + 16, source.number << 16 | peer);
    packet.putShort(PORT, (short) (1024 + peer));
  }

  /** The hash that a number names, which the whitelist of a peer names too. */
  static void writeHash(ByteBuffer to, int at, int torrent) {
    long mixed = (torrent + 1) * 0x9e37_79b9_7f4a_7c15L;
    to.putLong(at, mixed).putLong(at + 8, ~mixed).putInt(at + 16, torrent);
  }

  @Override
  public void close() {
    sources.forEach(source -> source.socket.close());
  }
}
