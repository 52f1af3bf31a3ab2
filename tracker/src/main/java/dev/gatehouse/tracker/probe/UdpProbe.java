package dev.gatehouse.tracker.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.net.datagram.DatagramClient;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks by UDP (BEP 15). */
final class UdpProbe implements ProbePeer {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 3;
  private static final long PROTOCOL_ID = 0x0000_0417_2710_1980L;
  private static final int CONNECT = 0;
  private static final int ANNOUNCE = 1;
  private static final int ERROR = 3;
  private static final int TRANSACTION = 0x6a7e;
  private static final int HEAD = 8;
  private static final int CONNECT_LENGTH = 16;
  private static final int ANNOUNCE_LENGTH = 98;
  private static final int PEERS_AT = 20;

  private final DatagramClient client;

  UdpProbe(String url) throws IOException {
    URI uri = URI.create(url);
    client = new DatagramClient(uri.getHost(), uri.getPort());
  }

  @Override
  public List<Integer> announce(Announcement asked) throws IOException {
    ByteBuffer connect = ByteBuffer.allocate(CONNECT_LENGTH);
    connect.putLong(PROTOCOL_ID).putInt(CONNECT).putInt(TRANSACTION);
    long id = ask(connect.array(), CONNECT, CONNECT_LENGTH).getLong(HEAD);
    ByteBuffer announce = ByteBuffer.allocate(ANNOUNCE_LENGTH);
    announce.putLong(id).putInt(ANNOUNCE).putInt(TRANSACTION).put(asked.hash()).put(asked.id());
    announce.putLong(0).putLong(LEFT).putLong(0).putInt(asked.event().number());
    announce.putInt(0).putInt(0).putInt(NUM_WANT).putShort((short) asked.port());
    ByteBuffer answer = ask(announce.array(), ANNOUNCE, PEERS_AT);
    int length = client.addressLength() + Short.BYTES;
    List<Integer> ports = new ArrayList<>();
    for (int at = PEERS_AT + length; at <= answer.capacity(); at += length) {
      ports.add(Short.toUnsignedInt(answer.getShort(at - Short.BYTES)));
    }
    return ports;
  }

  private ByteBuffer ask(byte[] question, int action, int atLeast) throws IOException {
    ByteBuffer answer = ByteBuffer.wrap(persist(question));
    if (answer.capacity() >= HEAD && answer.getInt(0) == ERROR) {
      String reason = US_ASCII.decode(answer.slice(HEAD, answer.capacity() - HEAD)).toString();
      throw new IOException("refused: " + reason.replace("\0", ""));
    }
    if (answer.capacity() < atLeast
        || answer.getInt(0) != action
        || answer.getInt(Integer.BYTES) != TRANSACTION) {
      throw new IOException("an answer of " + answer.capacity() + " bytes to another question");
    }
    return answer;
  }

  /** A datagram may get lost without anybody being at fault. */
  private byte[] persist(byte[] question) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return client.ask(question, PATIENCE);
      } catch (SocketTimeoutException e) {
        if (attempt == ATTEMPTS) {
          throw new IOException(
              "no answer in " + PATIENCE.multipliedBy(ATTEMPTS).toSeconds() + " s", e);
        }
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
