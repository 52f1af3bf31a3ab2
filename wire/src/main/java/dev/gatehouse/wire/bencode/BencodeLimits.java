package dev.gatehouse.wire.bencode;

/**
 * How much of one value is read.
 *
 * @param maxBytes of the whole value
 * @param maxDepth lists and dictionaries within each other, the outermost included
 */
public record BencodeLimits(int maxBytes, int maxDepth) {

  /** A {@code .torrent} file: BEP 3 sets no limit, so these are far above any that is in use. */
  public static final BencodeLimits TORRENT = new BencodeLimits(10 << 20, 32);
}
