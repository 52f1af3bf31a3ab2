package dev.gatehouse.tracker.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipHashBytesTest {

  private static final SipHash FULL = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 2, 4);

  /** Of the bytes 0 to 14, from the paper. */
  @Test
  void agreesWithThePaper() {
    assertThat(FULL.hash(rising(15), 15)).isEqualTo(0xa129ca6149be45e5L);
  }

  /** Of no bytes and of the byte 0, from the paper's reference. */
  @Test
  void agreesWithTheReferenceOnShortMessages() {
    assertThat(FULL.hash(rising(0), 0)).isEqualTo(0x726fdb47dd0e0e31L);
    assertThat(FULL.hash(rising(1), 1)).isEqualTo(0x74f839c593dc67fdL);
  }

  @Test
  void wordsAndTheirBytesAreTheSameMessage() {
    assertThat(FULL.hash(rising(8), 8)).isEqualTo(FULL.hash(0x0706050403020100L));
    assertThat(FULL.hash(rising(24), 24))
        .isEqualTo(FULL.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x1716151413121110L));
  }

  @Test
  void whatLiesBehindTheMessageDoesNotMatter() {
    byte[] bytes = new byte[SipHash.MAX_BYTES];
    new Random(1).nextBytes(bytes);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(Arrays.copyOf(bytes, length), bytes.length);
      assertThat(FULL.hash(bytes, length)).as("%d bytes", length).isEqualTo(FULL.hash(cut, length));
    }
  }

  private static byte[] rising(int length) {
    byte[] bytes = new byte[SipHash.MAX_BYTES];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
