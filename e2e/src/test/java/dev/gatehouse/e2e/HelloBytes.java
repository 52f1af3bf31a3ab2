package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.testkit.Hex;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Builds a ClientHello (RFC 8446 section 4.1.2) from its parts, true or false. */
final class HelloBytes {

  /** A hello of OpenSSL's kind that asks for git.example.org; 133 bytes. */
  static final byte[] H0 =
      Hex.bytes(
          """
          16 0301 0080 01 00007c 0303 # record, handshake, version
          000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
          00 0004 1301 c02b 01 00 004f # session id, suites, compression, extensions
          0000 0014 0012 00 000f 6769742e6578616d706c652e6f7267 # server_name
          000a 0006 0004 001d 0017 # supported_groups
          000d 0008 0006 0403 0804 0401 # signature_algorithms
          0010 000e 000c 02 6832 08 687474702f312e31 # ALPN
          002b 0005 04 0304 0303 # supported_versions
          0033 0002 0000 # key_share, empty
          """);

  static final int RECORD_HEAD = 5;
  static final int HANDSHAKE = 0x16;

  private static final byte[] NO_SESSION = {};
  private static final byte[] SUITES = Hex.bytes("1301 c02b");
  private static final byte[] NO_COMPRESSION = {0};

  private HelloBytes() {}

  /** The hello with these extensions in one record. */
  static byte[] hello(byte[]... extensions) {
    return record(handshake(1, body(NO_SESSION, SUITES, NO_COMPRESSION, v16(concat(extensions)))));
  }

  /** A hello whose only extension is the name. */
  static byte[] named(String name) {
    return hello(serverName(name));
  }

  static byte[] record(byte[] fragment) {
    return record(HANDSHAKE, fragment);
  }

  static byte[] record(int type, byte[] fragment) {
    return concat(new byte[] {(byte) type, 3, 1}, v16(fragment));
  }

  /** The message in records of so many bytes. */
  static byte[] records(byte[] message, int size) {
    return concat(
        IntStream.iterate(0, from -> from < message.length, from -> from + size)
            .mapToObj(from -> record(slice(message, from, Math.min(message.length, from + size))))
            .toArray(byte[][]::new));
  }

  static byte[] handshake(int type, byte[] body) {
    int length = body.length;
    byte[] head = {(byte) type, (byte) (length >> 16), (byte) (length >> 8), (byte) length};
    return concat(head, body);
  }

  /** The message of a whole hello that came in one record. */
  static byte[] message(byte[] hello) {
    return slice(hello, RECORD_HEAD, hello.length);
  }

  static byte[] body(byte[] session, byte[] suites, byte[] compressions, byte[] extensions) {
    byte[] random = new byte[32];
    return concat(
        new byte[] {3, 3}, random, v8(session), v16(suites), v8(compressions), extensions);
  }

  static byte[] extension(int type, byte[] body) {
    return concat(new byte[] {(byte) (type >> 8), (byte) type}, v16(body));
  }

  static byte[] serverName(String name) {
    return serverNames(entry(0, name));
  }

  static byte[] serverNames(byte[]... entries) {
    return extension(0, v16(concat(entries)));
  }

  static byte[] entry(int type, String name) {
    return concat(new byte[] {(byte) type}, v16(name.getBytes(ISO_8859_1)));
  }

  /** Padding (RFC 7685) that makes the message of a hello for a.example so long. */
  static byte[] padded(int messageLength) {
    byte[] without = message(hello(serverName("a.example"), extension(21, new byte[0])));
    return handshake(
        1,
        body(
            NO_SESSION,
            SUITES,
            NO_COMPRESSION,
            v16(
                concat(
                    serverName("a.example"),
                    extension(21, new byte[messageLength - without.length])))));
  }

  static byte[] v8(byte[] bytes) {
    return concat(new byte[] {(byte) bytes.length}, bytes);
  }

  static byte[] v16(byte[] bytes) {
    return concat(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}, bytes);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** A copy in which a big-endian number of so many bytes is another. */
  static byte[] patched(byte[] bytes, int offset, int width, int value) {
    byte[] copy = bytes.clone();
    for (int i = 0; i < width; i++) {
      copy[offset + i] = (byte) (value >> (8 * (width - 1 - i)));
    }
    return copy;
  }

  static int number(byte[] bytes, int offset, int width) {
    int value = 0;
    for (int i = 0; i < width; i++) {
      value = (value << 8) | (bytes[offset + i] & 0xff);
    }
    return value;
  }

  /** Each byte by itself. */
  static List<byte[]> trickled(byte[] bytes) {
    return IntStream.range(0, bytes.length).mapToObj(i -> slice(bytes, i, i + 1)).toList();
  }
}
