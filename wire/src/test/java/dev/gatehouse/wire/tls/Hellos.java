package dev.gatehouse.wire.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The hellos that the tests share, and a way to make more. */
final class Hellos {

  /** A hello of 133 bytes for git.example.org; real servers answer it. */
  static final byte[] GIT =
      HexFormat.of()
          .parseHex(
              "1603010080" // record: handshake, length
                  + "0100007c" // ClientHello, length
                  + "0303" // legacy_version
                  + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" // random
                  + "00" // session id
                  + "00041301c02b" // cipher suites
                  + "0100" // compressions
                  + "004f" // extensions
                  + "000000140012" // server_name
                  + "00000f6769742e6578616d706c652e6f7267"
                  + "000a00060004001d0017" // supported_groups
                  + "000d00080006040308040401" // signature_algorithms
                  + "0010000e000c02683208687474702f312e31" // ALPN
                  + "002b00050403040303" // supported_versions
                  + "003300020000"); // key_share, none

  private Hellos() {}

  /** A hello with these extensions, each written out whole, in one record if one can hold it. */
  static byte[] withExtensions(String... extensions) {
    return inRecords(messageWith(extensions), ClientHelloDecoder.MAX_RECORD_LENGTH);
  }

  /** The handshake message of a hello with these extensions. */
  static byte[] messageWith(String... extensions) {
    String block = String.join("", extensions);
    return message("0303" + "00".repeat(32) + "00" + "00021301" + "0100", block);
  }

  /** A server_name extension with one host_name of these bytes. */
  static String serverName(String name) {
    return serverNameList("00" + vector16(latin1(name)));
  }

  static String serverNameList(String list) {
    return extension(0, vector16(list));
  }

  static String extension(int type, String body) {
    return String.format("%04x", type) + vector16(body);
  }

  static String vector16(String hex) {
    return String.format("%04x", hex.length() / 2) + hex;
  }

  static String latin1(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] message(String head, String extensions) {
    String body = head + vector16(extensions);
    return HexFormat.of().parseHex("01" + String.format("%06x", body.length() / 2) + body);
  }

  /** The handshake message of a hello that is one record. */
  static byte[] messageOf(byte[] hello) {
    byte[] message = new byte[hello.length - 5];
    System.arraycopy(hello, 5, message, 0, message.length);
    return message;
  }

  /** The message in records of at most {@code size} bytes. */
  static byte[] inRecords(byte[] message, int size) {
    List<byte[]> records = new ArrayList<>();
    for (int from = 0; from < message.length; from += size) {
      int length = Math.min(size, message.length - from);
      byte[] record = new byte[5 + length];
      record[0] = 22;
      record[1] = 3;
      record[2] = 1;
      record[3] = (byte) (length >>> 8);
      record[4] = (byte) length;
      System.arraycopy(message, from, record, 5, length);
      records.add(record);
    }
    return concat(records.toArray(byte[][]::new));
  }

  static byte[] concat(byte[]... parts) {
    ByteBuf all = Unpooled.wrappedBuffer(parts);
    byte[] bytes = new byte[all.readableBytes()];
    all.readBytes(bytes);
    return bytes;
  }
}
