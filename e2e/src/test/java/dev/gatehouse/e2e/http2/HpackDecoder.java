package dev.gatehouse.e2e.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the header blocks of one connection, as plainly as RFC 7541 describes it. */
final class HpackDecoder {

  /** The latest first. */
  private final List<Field> dynamic = new ArrayList<>();

  private int maxSize = 4096;

  List<Field> decode(byte[] block) throws IOException {
    List<Field> fields = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(block);
    try {
      while (in.hasRemaining()) {
        decode(in, fields);
      }
      return fields;
    } catch (BufferUnderflowException e) {
      throw new IOException("a header block that ends too early", e);
    }
  }

  private void decode(ByteBuffer in, List<Field> fields) throws IOException {
    int first = in.get(in.position()) & 0xff;
    if (first >= 0x80) {
      fields.add(entry(integer(in, 7)));
    } else if (first >= 0x40) {
      Field field = literal(in, 6);
      dynamic.addFirst(field);
      evict();
      fields.add(field);
    } else if (first >= 0x20) {
      maxSize = integer(in, 5);
      evict();
    } else {
      fields.add(literal(in, 4));
    }
  }

  private Field literal(ByteBuffer in, int prefix) throws IOException {
    int index = integer(in, prefix);
    String name = index == 0 ? string(in) : entry(index).name();
    return new Field(name, string(in));
  }

  private Field entry(int index) throws IOException {
    int known = StaticTable.FIELDS.size();
    if (index < 1 || index > known + dynamic.size()) {
      throw new IOException("index " + index + " (expected: 1-" + (known + dynamic.size()) + ")");
    }
    return index <= known ? StaticTable.FIELDS.get(index - 1) : dynamic.get(index - known - 1);
  }

  private void evict() {
    while (dynamic.stream().mapToInt(Field::size).sum() > maxSize) {
      dynamic.removeLast();
    }
  }

  private static String string(ByteBuffer in) throws IOException {
    boolean coded = in.get(in.position()) < 0;
    byte[] bytes = new byte[integer(in, 7)];
    in.get(bytes);
    return new String(coded ? Huffman.decode(bytes) : bytes, ISO_8859_1);
  }

  private static int integer(ByteBuffer in, int prefix) {
    int max = (1 << prefix) - 1;
    int value = in.get() & max;
    if (value < max) {
      return value;
    }
    int shift = 0;
    int octet;
    do {
      octet = in.get();
      value += (octet & 0x7f) << shift;
      shift += 7;
    } while ((octet & 0x80) != 0);
    return value;
  }
}
