package dev.gatehouse.watch.host.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.watch.collector.FixtureTree;
import dev.gatehouse.watch.procfs.KernelFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountTableTest {

  @TempDir Path folder;
  private FixtureTree proc;

  @BeforeEach
  void newHost() {
    proc =
        new FixtureTree(folder)
            .with("filesystems", "nodev\tsysfs\nnodev\ttmpfs\n\text4\n\tbtrfs\n\tsquashfs\n");
  }

  @Test
  void readsEveryFieldOfAMount() {
    mounts("22 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw,discard\n");
    assertThat(read()).containsExactly(new Mount("254:0", "/", "/", "ext4", "/dev/vda", false));
  }

  @ParameterizedTest
  @CsvSource({
    "/a\\040b,/a b",
    "/a\\134b,/a\\b",
    "/tab\\011b,/tab\tb",
    "/\\303\\274,/ü",
    "/a\\09,/a\\09",
    "/a\\,/a\\",
    "/a\\400,/a\\400",
  })
  void escapedBytesOfAPathAreDecoded(String written, String path) {
    mounts("22 1 254:0 / " + written + " rw - ext4 /dev/vda rw\n");
    assertThat(read()).extracting(Mount::point).containsExactly(path);
  }

  @Test
  void holdsOnlyTypesWithADeviceAndZfs() {
    mounts(
        """
        1 1 0:1 / /sys rw - sysfs sysfs rw
        2 1 0:2 / /run rw - tmpfs tmpfs rw
        3 1 8:1 / / rw - ext4 /dev/sda1 rw
        4 1 0:4 / /tank rw - zfs tank rw
        5 1 0:5 / /other rw - nfs4 server:/ rw
        """);
    assertThat(read()).extracting(Mount::point).containsExactly("/", "/tank");
  }

  @Test
  void leavesOutIgnoredTypesAndPaths() {
    mounts(
        """
        3 1 8:1 / / rw - ext4 /dev/sda1 rw
        4 1 7:1 / /snap/x ro - squashfs /dev/loop1 ro
        5 1 8:2 / /skip rw - ext4 /dev/sda2 rw
        """);
    assertThat(table().read(Set.of("squashfs")::contains, "/skip"::equals))
        .extracting(Mount::point)
        .containsExactly("/");
  }

  @Test
  void severalMountsOfOneDeviceAreOneEntry() {
    mounts(
        """
        1 1 8:1 /srv /a rw - ext4 /dev/sda1 rw
        2 1 8:1 / /mnt/whole rw - ext4 /dev/sda1 rw
        3 1 8:1 / /mnt/w rw - ext4 /dev/sda1 rw
        4 1 8:2 /@home /home rw - btrfs /dev/sda2 rw
        5 1 8:2 /@ /other rw - btrfs /dev/sda2 rw
        """);
    assertThat(read()).extracting(Mount::point).containsExactly("/home", "/mnt/w");
  }

  @Test
  void aLaterMountHidesTheEarlierOneOnItsPath() {
    mounts("1 1 8:1 / /mnt rw - ext4 /dev/sda1 rw\n2 1 8:2 / /mnt rw - ext4 /dev/sda2 rw\n");
    assertThat(read()).extracting(Mount::source).containsExactly("/dev/sda2");
    mounts("1 1 8:1 / /mnt rw - ext4 /dev/sda1 rw\n2 1 0:2 / /mnt rw - tmpfs tmpfs rw\n");
    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"ro|rw", "ro,noatime|rw", "rw|ro,errors=remount-ro"})
  void readOnlyIsTheMountOrItsFileSystem(String mount, String filesystem) {
    mounts("1 1 8:1 / / " + mount + " - ext4 /dev/sda1 " + filesystem + "\n");
    assertThat(read()).extracting(Mount::readOnly).containsExactly(true);
  }

  @Test
  void anErrorPolicyIsNotReadOnly() {
    mounts("1 1 8:1 / / rw,errors=ro - ext4 /dev/sda1 rw,errors=remount-ro\n");
    assertThat(read()).extracting(Mount::readOnly).containsExactly(false);
  }

  @Test
  void theOwnTableStandsInForThatOfTheFirstProcess() {
    proc.with("self/mountinfo", "1 1 8:1 / /own rw - ext4 /dev/sda1 rw\n");
    assertThat(read()).extracting(Mount::point).containsExactly("/own");
    mounts("1 1 8:1 / /first rw - ext4 /dev/sda1 rw\n");
    assertThat(read()).extracting(Mount::point).containsExactly("/first");
  }

  @Test
  void cutLinesAreLeftOut() {
    mounts("\n1\n1 1 8:1 / /x rw\n1 1 8:1 / /y rw -\n2 1 8:2 / /z rw - ext4\n");
    assertThat(read()).extracting(Mount::point).containsExactly("/z");
  }

  private void mounts(String mountinfo) {
    proc.with("1/mountinfo", mountinfo);
  }

  private MountTable table() {
    return new MountTable(folder, new KernelFiles());
  }

  private Collection<Mount> read() {
    return table().read(type -> false, point -> false);
  }
}
