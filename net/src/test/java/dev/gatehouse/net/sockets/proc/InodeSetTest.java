package dev.gatehouse.net.sockets.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InodeSetTest {

  private static final long SEED = 20_260_101;

  @Test
  void agreesWithTheSetOfTheJdk() {
    Random random = new Random(SEED);
    InodeSet inodes = new InodeSet();
    Set<Long> reference = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      long inode = 1 + random.nextLong(40_000);
      assertThat(inodes.add(inode)).as("seed %d, step %d", SEED, i).isEqualTo(reference.add(inode));
    }
  }

  @Test
  void takesTheLargestInode() {
    InodeSet inodes = new InodeSet();
    assertThat(inodes.add(0xffff_ffffL)).isTrue();
    assertThat(inodes.add(0xffff_ffffL)).isFalse();
  }

  @Test
  void remembersAsManyAsTheLimitAndNoMore() {
    InodeSet inodes = new InodeSet(3);
    for (long inode = 1; inode <= 4; inode++) {
      assertThat(inodes.add(inode)).isTrue();
    }
    assertThat(inodes.add(3)).as("at the limit").isFalse();
    assertThat(inodes.add(4)).as("beyond it").isTrue();
  }
}
