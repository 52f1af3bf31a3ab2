package dev.gatehouse.e2e.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.e2e.Insiders;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Somebody who asks a tracker from one address, byte by byte as the test says. */
final class Announcer implements AutoCloseable {

  private static final long PROTOCOL_ID = 0x0000_0417_2710_1980L;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofMillis(200);
  private static final int CONNECT_REPLY = 16;

  private final Insiders inside;
  private final String source;
  private final InetSocketAddress tracker;
  private final DatagramSocket datagrams;

  Announcer(Insiders inside, String source, String host, int port) {
    this.inside = inside;
    this.source = source;
    tracker = new InetSocketAddress(host, port);
    datagrams = inside.get(this::open);
  }

  private DatagramSocket open() {
    try {
      DatagramSocket socket = new DatagramSocket(new InetSocketAddress(source, 0));
      socket.connect(tracker);
      return socket;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection to the tracker. */
  Socket connected() throws Exception {
    return inside.call(
        () ->
            new Socket(tracker.getAddress(), tracker.getPort(), InetAddress.getByName(source), 0));
  }

  /** The whole answer to these bytes, until the tracker closes. */
  String speak(String request) throws Exception {
    try (Socket socket = connected()) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** The whole answer to a GET of HTTP/1.0, with these header lines. */
  String get(String target, String... headers) throws Exception {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return speak("GET " + target + " HTTP/1.0\r\n" + lines + "\r\n");
  }

  /** What the body of an answer to that says. */
  Map<String, Object> dictionary(String target, String... headers) throws Exception {
    return Bencode.dictionary(body(get(target, headers)));
  }

  static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  /** The answer to a datagram, which must come. */
  ByteBuffer ask(ByteBuffer request) throws IOException {
    return send(request, PATIENCE).orElseThrow(() -> new AssertionError("no answer to " + request));
  }

  /** The answer to a datagram that may get none. */
  Optional<ByteBuffer> mayAsk(ByteBuffer request) throws IOException {
    return send(request, SILENCE);
  }

  /** Sends a datagram and waits for nothing. */
  void tell(byte[] request) throws IOException {
    datagrams.send(new DatagramPacket(request, request.length));
  }

  private Optional<ByteBuffer> send(ByteBuffer request, Duration patience) throws IOException {
    byte[] bytes = new byte[request.position()];
    request.flip().get(bytes);
    tell(bytes);
    return receive(patience);
  }

  /** Whatever comes first, or nothing in so long. */
  Optional<ByteBuffer> receive(Duration patience) throws IOException {
    datagrams.setSoTimeout((int) patience.toMillis());
    DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
    try {
      datagrams.receive(answer);
    } catch (SocketTimeoutException _) {
      return Optional.empty();
    }
    return Optional.of(ByteBuffer.wrap(answer.getData(), 0, answer.getLength()).slice());
  }

  /** A connection id for this address. */
  long connect() throws IOException {
    ByteBuffer reply =
        ask(ByteBuffer.allocate(CONNECT_REPLY).putLong(PROTOCOL_ID).putInt(0).putInt(1));
    return reply.getLong(8);
  }

  @Override
  public void close() {
    datagrams.close();
  }
}
