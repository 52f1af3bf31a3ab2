package dev.gatehouse.bench.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A client of WebSocket that waits for each message, and allocates for none of a known length. */
final class FramePeer implements AutoCloseable {

  /** Nobody yet. */
  static final FramePeer NONE = new FramePeer(new Socket(), DataInputStream.nullInputStream());

  private static final int MAX_SHORT = 125;
  private static final int TWO_BYTES = 126;
  private static final int MAX_TWO_BYTES = 0xffff;

  private final Socket socket;
  private final DataInputStream in;
  // one byte at a time, or numbers, would be an array each
  private final ByteBuffer start = ByteBuffer.allocate(2 + Long.BYTES);
  private byte[] received = {};

  private FramePeer(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = new DataInputStream(in);
  }

  static FramePeer open(int port, String path, String id) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket
        .getOutputStream()
        .write(
            """
            GET %s HTTP/1.1
            Host: bench
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            User-Agent: bench/1
            x-pyrycode-server: %s
            x-pyrycode-version: 1
            x-pyrycode-token: t

            """
                .formatted(path, id)
                .replace("\n", "\r\n")
                .getBytes(US_ASCII));
    FramePeer peer = new FramePeer(socket, socket.getInputStream());
    peer.skipHead();
    return peer;
  }

  private void skipHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new EOFException("refused: " + head);
    }
  }

  /** A whole frame of that text, with a mask that leaves it as it is. */
  static byte[] masked(String text) {
    int length = text.length();
    ByteBuffer out = ByteBuffer.allocate(2 + Long.BYTES + Integer.BYTES + length).put((byte) 0x81);
    if (length <= MAX_SHORT) {
      out.put((byte) (0x80 | length));
    } else if (length <= MAX_TWO_BYTES) {
      out.put((byte) (0x80 | TWO_BYTES)).putShort((short) length);
    } else {
      out.put((byte) 0xff).putLong(length);
    }
    out.putInt(0).put(text.getBytes(US_ASCII)).flip();
    byte[] frame = new byte[out.remaining()];
    out.get(frame);
    return frame;
  }

  void send(byte[] frame) throws IOException {
    socket.getOutputStream().write(frame);
  }

  /** The payload of the next frame, in an array that the one after it may be put into. */
  byte[] receive() throws IOException {
    in.readFully(start.array(), 0, 2);
    int told = start.get(1);
    int length = told;
    if (told > MAX_SHORT) {
      in.readFully(start.array(), 2, told == TWO_BYTES ? Short.BYTES : Long.BYTES);
      length = told == TWO_BYTES ? Short.toUnsignedInt(start.getShort(2)) : (int) start.getLong(2);
    }
    if (received.length != length) {
      received = new byte[length];
    }
    in.readFully(received);
    return received;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
