package dev.gatehouse.tracker.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SipHashTest {

  private static final long KEY_0 = 0x0706050403020100L;
  private static final long KEY_1 = 0x0f0e0d0c0b0a0908L;

  /** Of the bytes 0 to 7 and 0 to 23, from the paper's reference. */
  @Test
  void agreesWithTheReferenceInItsFullForm() {
    SipHash full = new SipHash(KEY_0, KEY_1, 2, 4);
    assertThat(full.hash(0x0706050403020100L)).isEqualTo(0x93f5f5799a932462L);
    assertThat(full.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x1716151413121110L))
        .isEqualTo(0xb8ad50c6f649af94L);
  }

  @Test
  void dependsOnTheKeyAndOnEveryWord() {
    SipHash hash = SipHash.forTables(1, 2);
    Set<Long> hashes = new HashSet<>();
    hashes.add(hash.hash(3));
    hashes.add(hash.hash(4));
    hashes.add(hash.hash(3, 0, 0));
    hashes.add(hash.hash(3, 4, 0));
    hashes.add(hash.hash(3, 0, 4));
    hashes.add(SipHash.forTables(1, 3).hash(3));
    hashes.add(SipHash.forTables(2, 2).hash(3));
    assertThat(hashes).hasSize(7);
    assertThat(SipHash.forTables(1, 2).hash(3)).isEqualTo(hash.hash(3));
  }

  @Test
  void spreadsNeighboursOverAllBits() {
    SipHash hash = SipHash.forTables(5, 6);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      int ones = 0;
      for (int i = 0; i < 1_000; i++) {
        ones += (int) (hash.hash(i) >>> bit & 1);
      }
      assertThat(ones).as("bit %d", bit).isBetween(430, 570);
    }
  }
}
