package dev.gatehouse.kernel.address;

import java.util.Random;

/** Addresses for seeded loops, with the runs of zeros and the mapped ones that bugs live in. */
final class Addresses {

  private Addresses() {}

  static IpAddress literal(String text) {
    return IpAddress.parse(text).orElseThrow(() -> new AssertionError("no literal: " + text));
  }

  static IpAddress random(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> IpAddress.ipv4(random.nextInt());
      case 1 -> IpAddress.ipv6(0, 0xffff_0000_0000L | (random.nextInt() & 0xffff_ffffL));
      case 2 -> IpAddress.ipv6(random.nextLong(), random.nextLong());
      default -> sparse(random);
    };
  }

  private static IpAddress sparse(Random random) {
    byte[] bytes = new byte[16];
    for (int i = 0; i < bytes.length; i += 2) {
      if (random.nextInt(3) == 0) {
        bytes[i] = (byte) random.nextInt();
        bytes[i + 1] = (byte) random.nextInt();
      }
    }
    return IpAddress.ofBytes(bytes);
  }
}
