package dev.gatehouse.proxy.l7.http2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;

/** A client of HTTP/2 that sends exactly the frames it is told, and reads one after the other. */
final class Http2Client implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersEncoder encoder =
      new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true);
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

  /** One frame as it came. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Frame(int type, int flags, int stream, byte[] payload) {

    boolean ended() {
      return (type == Frames.DATA || type == Frames.HEADERS) && (flags & Frames.END_STREAM) != 0;
    }

    String text() {
      return new String(payload, UTF_8);
    }

    /** The number at a place of the payload. */
    int number(int at) {
      return (payload[at] & 0xff) << 24
          | (payload[at + 1] & 0xff) << 16
          | (payload[at + 2] & 0xff) << 8
          | (payload[at + 3] & 0xff);
    }
  }

  /** Says its preface and what of its own settings it wants to say. */
  Http2Client(Socket socket, byte... settings) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    send(Frames.begun().frame(Frames.SETTINGS, 0, 0, settings));
  }

  Http2Client send(Frames frames) throws IOException {
    socket.getOutputStream().write(frames.toBytes());
    return this;
  }

  /** A request for the host of the lobby; more fields as names and values. */
  Http2Client request(int stream, boolean ended, String method, String... more) throws Exception {
    String[] fields = new String[8 + more.length];
    String[] first = {
      ":method", method, ":scheme", "https", ":authority", "a.example", ":path", "/"
    };
    System.arraycopy(first, 0, fields, 0, first.length);
    System.arraycopy(more, 0, fields, first.length, more.length);
    return head(stream, ended, fields);
  }

  /** A block of fields, sound or not. */
  Http2Client head(int stream, boolean ended, String... fields) throws Exception {
    byte[] block = block(fields);
    int flags = Frames.END_HEADERS | (ended ? Frames.END_STREAM : 0);
    int most = 16 * 1024;
    Frames frames = new Frames();
    if (block.length <= most) {
      return send(frames.frame(Frames.HEADERS, flags, stream, block));
    }
    frames.frame(
        Frames.HEADERS, flags & ~Frames.END_HEADERS, stream, java.util.Arrays.copyOf(block, most));
    for (int at = most; at < block.length; at += most) {
      int end = Math.min(block.length, at + most);
      frames.frame(
          Frames.CONTINUATION,
          end == block.length ? Frames.END_HEADERS : 0,
          stream,
          java.util.Arrays.copyOfRange(block, at, end));
    }
    return send(frames);
  }

  Http2Client data(int stream, boolean ended, String text) throws IOException {
    return send(
        new Frames()
            .frame(Frames.DATA, ended ? Frames.END_STREAM : 0, stream, text.getBytes(UTF_8)));
  }

  private byte[] block(String... fields) throws Http2Exception {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    ByteBuf out = ByteBufAllocator.DEFAULT.buffer();
    try {
      encoder.encodeHeaders(1, headers, out);
      byte[] bytes = new byte[out.readableBytes()];
      out.readBytes(bytes);
      return bytes;
    } finally {
      out.release();
    }
  }

  /** The next frame of that type; others are skipped, except that blocks are read. */
  Frame next(int type) throws Exception {
    Frame frame = frame();
    while (frame.type != type) {
      if (frame.type == Frames.HEADERS) {
        Map<String, String> _ = fields(frame);
      }
      frame = frame();
    }
    return frame;
  }

  /** The next head or trailer, of whatever stream. */
  Map<String, String> nextFields() throws Exception {
    return fields(next(Frames.HEADERS));
  }

  /** The fields of a frame; every block is to be read once and in order. */
  Map<String, String> fields(Frame frame) throws Http2Exception {
    Map<String, String> fields = new TreeMap<>();
    decoder
        .decodeHeaders(frame.stream, Unpooled.wrappedBuffer(frame.payload))
        .forEach(field -> fields.put(field.getKey().toString(), field.getValue().toString()));
    return fields;
  }

  /** The next frame, whatever it is. */
  Frame frame() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, flags, stream, in.readNBytes(length));
  }

  /** Whether the connection ends, after whatever frames. */
  boolean ends() {
    try {
      while (true) {
        Frame _ = frame();
      }
    } catch (IOException end) {
      return true;
    }
  }

  void leave() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
