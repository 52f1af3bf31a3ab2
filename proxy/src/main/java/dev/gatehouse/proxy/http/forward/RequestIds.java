package dev.gatehouse.proxy.http.forward;

import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * New names for requests: 128 random bits in lower-case hexadecimal.
 *
 * @param random shared only as far as it may be
 */
record RequestIds(RandomGenerator random) implements Supplier<String> {

  private static final HexFormat HEX = HexFormat.of();

  @Override
  public String get() {
    return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
  }
}
