package dev.gatehouse.net.firewall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Cidr;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes small databases in MaxMind's format: a binary tree over the bits of IPv6 addresses, with
 * IPv4 below {@code ::/96}, whose leaves point into a section of data.
 */
final class MmdbFile {

  private static final int EMPTY = -1;
  private static final int SEPARATOR_LENGTH = 16;
  private static final int MAP = 7;
  private static final int TEXT = 2;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  private static final int UINT64 = 9;
  private static final int ARRAY = 11;
  private static final byte[] MARKER = {(byte) 0xab, (byte) 0xcd, (byte) 0xef};

  /** Each two records: a node's number, or −2 − the place of data, or nothing. */
  private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final String type;
  private final long builtSeconds;

  MmdbFile(String type, long builtSeconds) {
    this.type = type;
    this.builtSeconds = builtSeconds;
  }

  static MmdbFile countries() {
    return new MmdbFile("Test-Country", 1_700_000_000L);
  }

  /** Addresses of this network are used in that country. */
  MmdbFile used(String network, String code) {
    return put(network, Map.of("country", Map.of("iso_code", code)));
  }

  /** Addresses of this network are registered there and used nobody knows where. */
  MmdbFile registered(String network, String code) {
    return put(network, Map.of("registered_country", Map.of("iso_code", code)));
  }

  MmdbFile put(String network, Map<String, ?> record) {
    if (!(Cidr.read(network) instanceof Cidr.Read.Network(Cidr cidr))) {
      throw new IllegalArgumentException(network);
    }
    int place = data.size();
    value(data, record);
    boolean ipv4 = cidr.network().family() == AddressFamily.IPV4;
    byte[] bytes = new byte[16];
    byte[] own = cidr.network().bytes();
    System.arraycopy(own, 0, bytes, 16 - own.length, own.length);
    insert(bytes, cidr.prefix() + (ipv4 ? 96 : 0), -2 - place);
    return this;
  }

  void write(Path file) {
    try {
      // never a half written file under its name
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.write(next, bytes());
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      number(out, record(node[0]), 4);
      number(out, record(node[1]), 4);
    }
    out.writeBytes(new byte[SEPARATOR_LENGTH]);
    out.writeBytes(data.toByteArray());
    out.writeBytes(MARKER);
    out.writeBytes("MaxMind.com".getBytes(UTF_8));
    metadata(out);
    return out.toByteArray();
  }

  private void insert(byte[] bits, int prefix, int leaf) {
    int node = 0;
    for (int i = 0; i < prefix - 1; i++) {
      int side = bit(bits, i);
      if (nodes.get(node)[side] == EMPTY) {
        nodes.get(node)[side] = nodes.size();
        nodes.add(new int[] {EMPTY, EMPTY});
      }
      node = nodes.get(node)[side];
    }
    nodes.get(node)[bit(bits, prefix - 1)] = leaf;
  }

  private static int bit(byte[] bits, int at) {
    return (bits[at / 8] >> (7 - at % 8)) & 1;
  }

  private long record(int value) {
    if (value == EMPTY) {
      return nodes.size();
    }
    return value >= 0 ? value : nodes.size() + SEPARATOR_LENGTH + (-2L - value);
  }

  private void metadata(ByteArrayOutputStream out) {
    control(out, MAP, 9);
    integer(out, "binary_format_major_version", UINT16, 2);
    integer(out, "binary_format_minor_version", UINT16, 0);
    integer(out, "build_epoch", UINT64, builtSeconds);
    integer(out, "ip_version", UINT16, 6);
    integer(out, "node_count", UINT32, nodes.size());
    integer(out, "record_size", UINT16, 32);
    text(out, "database_type");
    text(out, type);
    text(out, "languages");
    control(out, ARRAY, 0);
    text(out, "description");
    control(out, MAP, 0);
  }

  private static void integer(ByteArrayOutputStream out, String name, int type, long value) {
    text(out, name);
    int length = type == UINT16 ? 2 : type == UINT32 ? 4 : 8;
    control(out, type, length);
    number(out, value, length);
  }

  private static void value(ByteArrayOutputStream out, Object value) {
    if (value instanceof Map<?, ?> map) {
      control(out, MAP, map.size());
      map.forEach(
          (key, inner) -> {
            text(out, key.toString());
            value(out, inner);
          });
    } else {
      text(out, value.toString());
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    control(out, TEXT, bytes.length);
    out.writeBytes(bytes);
  }

  /** Type and size in a byte; types above 7 have a byte of their own. */
  private static void control(ByteArrayOutputStream out, int type, int size) {
    out.write(((type > 7 ? 0 : type) << 5) | size);
    if (type > 7) {
      out.write(type - 7);
    }
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (value >>> (8 * i)));
    }
  }
}
