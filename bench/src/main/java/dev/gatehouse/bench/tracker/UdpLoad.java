package dev.gatehouse.bench.tracker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
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
  private static final long PATIENCE_MILLIS = 100;
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

  private final Swarms swarms;
  private final int wanted;
  private final int window;
  private final Selector selector = Selector.open();
  private final List<Source> sources = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final ByteBuffer in = ByteBuffer.allocateDirect(2048);

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
    private final DatagramChannel channel;
    private final ByteBuffer announce = ByteBuffer.allocateDirect(ANNOUNCE_BYTES);
    private int underWay;

    Source(int number, DatagramChannel channel) {
      this.number = number;
      this.channel = channel;
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

  UdpLoad(int port, Swarms swarms, int wanted, int window) throws IOException {
    this.swarms = swarms;
    this.wanted = wanted;
    this.window = window;
    for (int i = 0; i < SOCKETS; i++) {
      sources.add(connected(port, i + 1));
    }
  }

  private Source connected(int port, int host) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
    channel.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) host}), 0));
    channel.connect(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    Source source = new Source(host, channel);
    ByteBuffer connect = ByteBuffer.allocate(16).putLong(PROTOCOL_ID).putInt(0).putInt(1);
    channel.write(connect.flip());
    in.clear();
    channel.read(in);
    source.announce.putLong(ID, in.getLong(8)).putInt(ACTION, 1).putInt(NUM_WANT, wanted);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, source);
    return source;
  }

  /** Sends so many announces and waits for their answers. */
  Result run(long announces) throws IOException {
    long sent = 0;
    long answers = 0;
    long peers = 0;
    while (sent < announces || sources.stream().anyMatch(source -> source.underWay > 0)) {
      for (Source source : sources) {
        while (source.underWay < window && sent < announces) {
          send(source);
          sent++;
        }
      }
      if (selector.select(PATIENCE_MILLIS) == 0) {
        sources.forEach(source -> source.underWay = 0);
      }
      for (SelectionKey key : selector.selectedKeys()) {
        Source source = (Source) key.attachment();
        for (int bytes = receive(source); bytes > 0; bytes = receive(source)) {
          answers++;
          peers += Math.max(0, bytes - ANNOUNCE_HEAD) / PEER_BYTES;
          source.underWay = Math.max(0, source.underWay - 1);
        }
      }
      selector.selectedKeys().clear();
    }
    return new Result(sent, answers, peers);
  }

  private void send(Source source) throws IOException {
    ByteBuffer packet = source.announce;
    writeHash(packet, HASH, random.nextInt(swarms.torrents()));
    int peer = random.nextInt(swarms.portsEach());
    // one in four has everything, and stays so
    packet.putLong(LEFT, peer % 4 == 0 ? 0 : 1);
    packet.putLong(PEER_ID, CLIENT).putLong(PEER_ID + 8, peer * 0x9e37_79b9_7f4a_7c15L);
    packet.putInt(PEER_ID + 16, source.number << 16 | peer);
    packet.putShort(PORT, (short) (1024 + peer));
    source.channel.write(packet.clear());
    source.underWay++;
  }

  /** The hash that a number names, which the whitelist of a peer names too. */
  static void writeHash(ByteBuffer to, int at, int torrent) {
    long mixed = (torrent + 1) * 0x9e37_79b9_7f4a_7c15L;
    to.putLong(at, mixed).putLong(at + 8, ~mixed).putInt(at + 16, torrent);
  }

  private int receive(Source source) throws IOException {
    in.clear();
    return source.channel.read(in);
  }

  @Override
  public void close() throws IOException {
    for (Source source : sources) {
      source.channel.close();
    }
    selector.close();
  }
}
