package dev.gatehouse.e2e;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ways to send a ClientHello that all mean the same. */
final class Cuts {

  private static final int RECORD_HEADER = 5;

  private Cuts() {}

  static List<byte[]> inTwo(byte[] hello, int at) {
    return List.of(Arrays.copyOf(hello, at), Arrays.copyOfRange(hello, at, hello.length));
  }

  /** Each byte by itself. */
  static List<byte[]> bytes(byte[] hello) {
    List<byte[]> pieces = new ArrayList<>();
    for (byte value : hello) {
      pieces.add(new byte[] {value});
    }
    return pieces;
  }

  /** The handshake message of a hello of one record, spread over records of so many bytes. */
  static List<byte[]> records(byte[] hello, int size) {
    List<byte[]> records = new ArrayList<>();
    for (int at = RECORD_HEADER; at < hello.length; at += size) {
      int length = Math.min(size, hello.length - at);
      byte[] record = Arrays.copyOf(hello, RECORD_HEADER + length);
      record[3] = 0;
      record[4] = (byte) length;
      System.arraycopy(hello, at, record, RECORD_HEADER, length);
      records.add(record);
    }
    return records;
  }
}
