package dev.gatehouse.net.sockets.diag;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Messages as a little-endian kernel sends them, and hands to change them. */
final class DiagMessages {

  /** 127.0.0.1:28080, two connections wait of at most 128. */
  static final String LISTEN4 =
      "7c000000 1400 0200 01000000 830a0000" // length, type, flags, sequence, port
          + "02 0a 00 00 6db0 0000" // family, state, timer, retransmits, ports
          + "7f000001000000000000000000000000" // local address
          + "00000000000000000000000000000000" // remote address
          + "00000000 eea50000 00000000" // interface, cookie
          + "00000000 02000000 80000000" // expires, receive queue, send queue
          + "00000000 1bb62400" // uid, inode
          + "0500 0800 00000000" // SHUTDOWN
          + "0800 0f00 00000000" // MARK
          + "0c00 1500 0100000000000000" // CGROUP_ID
          + "0600 1600 5200 0000"; // SOCKOPT

  /** [::]:28081, which takes IPv4 too. */
  static final String LISTEN6 =
      "84000000 1400 0200 01000000 830a0000"
          + "0a 0a 00 00 6db1 0000"
          + "00000000000000000000000000000000"
          + "00000000000000000000000000000000"
          + "00000000 f0a50000 00000000"
          + "00000000 00000000 80000000"
          + "00000000 1cb62400"
          + "0500 0800 00000000" // SHUTDOWN
          + "0500 0b00 00000000" // SKV6ONLY
          + "0800 0f00 00000000" // MARK
          + "0c00 1500 0100000000000000" // CGROUP_ID
          + "0600 1600 1200 0000"; // SOCKOPT

  /** 0.0.0.0:28083 without a peer. */
  static final String UDP4 =
      "80000000 1400 0200 01000000 830a0000"
          + "02 07 00 00 6db3 0000"
          + "00000000000000000000000000000000"
          + "00000000000000000000000000000000"
          + "00000000 f1a50000 00000000"
          + "00000000 00000000 00000000"
          + "e8030000 1eb62400"
          + "2800 0700" // SKMEMINFO
          + "00000000 00400300 00000000 00400300 00000000 00000000 00000000 00000000 00000000";

  static final String DONE = "14000000 0300 0200 01000000 830a0000 00000000";
  static final String DONE_WITHOUT_MODULE = "14000000 0300 0200 01000000 830a0000 feffffff";
  static final String NOOP = "10000000 0100 0000 01000000 830a0000";
  static final String OVERRUN = "10000000 0400 0000 01000000 830a0000";

  static final int LENGTH = 0;
  static final int TYPE = 4;
  static final int FLAGS = 6;
  static final int SEQUENCE = 8;
  static final int ROW = 16;
  static final int ATTRIBUTES = ROW + 72;

  static final short DUMP_INTR = 0x10;

  private DiagMessages() {}

  /** The kernel's answer to a request that it refuses, which carries that request. */
  static String error(int errno) {
    return "5c000000 0200 0000 01000000 830a0000"
        + HexFormat.of().toHexDigits(Integer.reverseBytes(-errno))
        + "00".repeat(72);
  }

  static ByteBuffer bytes(String... messages) {
    byte[] bytes = HexFormat.of().parseHex(String.join("", messages).replace(" ", ""));
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static MemorySegment segment(ByteBuffer bytes) {
    return MemorySegment.ofBuffer(bytes);
  }
}
