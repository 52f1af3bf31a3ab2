package dev.gatehouse.watch.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTreeTest {

  private static final long LATER = CgroupTree.REFRESH_NANOS;

  @TempDir private Path root;

  private long make(String path) throws IOException {
    Path folder = Files.createDirectories(root.resolve(path));
    return (Long) Files.getAttribute(folder, "unix:ino");
  }

  private CgroupTree tree() {
    return new CgroupTree(Optional.of(root), CgroupTree.MAX_FOLDERS);
  }

  @Test
  void theIdOfAGroupIsTheInodeOfItsFolder() throws IOException {
    long nginx = make("system.slice/nginx.service");
    long top = (Long) Files.getAttribute(root, "unix:ino");
    CgroupTree tree = tree();
    assertThat(tree.path(nginx, 0)).isEqualTo("/system.slice/nginx.service");
    assertThat(tree.path(top, 0)).isEqualTo("/");
  }

  @Test
  void aNewGroupIsFoundByAnotherWalkAfterAPause() throws IOException {
    CgroupTree tree = tree();
    assertThat(tree.path(make("a.service"), 0)).isEqualTo("/a.service");
    long late = make("b.service");
    assertThat(tree.path(late, LATER - 1)).isEmpty();
    assertThat(tree.path(late, LATER)).isEqualTo("/b.service");
  }

  @Test
  void anIdThatIsNowhereCausesOneWalkOnly() throws IOException {
    CgroupTree tree = tree();
    long gone = Long.MAX_VALUE;
    assertThat(tree.path(gone, 0)).isEmpty();
    assertThat(tree.path(gone, LATER)).isEmpty();
    assertThat(tree.path(make("b.service"), LATER)).isEqualTo("/b.service");
  }

  @Test
  void foldersBeyondTheLimitAreLeftOut() throws IOException {
    long first = make("a");
    long second = make("a/b");
    CgroupTree tree = new CgroupTree(Optional.of(root), 2);
    assertThat(tree.path(first, 0)).isEqualTo("/a");
    assertThat(tree.path(second, 0)).isEmpty();
  }

  @Test
  void theProcessesOfAGroupAreSorted() throws IOException {
    make("a.service");
    Files.writeString(root.resolve("a.service/cgroup.procs"), "30\n4\n0\nx\n");
    assertThat(tree().processes("/a.service")).containsExactly(4, 30);
    assertThat(tree().processes("/gone")).isEmpty();
    assertThat(tree().processes("")).isEmpty();
  }

  @Test
  void withoutAMountThereAreNoGroups() {
    CgroupTree tree = new CgroupTree(Optional.empty(), CgroupTree.MAX_FOLDERS);
    assertThat(tree.path(5, 0)).isEmpty();
    assertThat(tree.processes("/a")).isEmpty();
  }

  @Test
  void theMountPointIsTheOneOfTheUnifiedTree() {
    String mountinfo =
        """
        25 30 0:23 / /sys rw - sysfs sysfs rw
        31 25 0:27 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw
        """;
    assertThat(CgroupTree.mountPoint(mountinfo)).contains("/sys/fs/cgroup/unified");
    assertThat(CgroupTree.mountPoint("25 30 0:23 / /sys rw - sysfs sysfs rw\n")).isEmpty();
    assertThat(CgroupTree.mountPoint("- cgroup2 \n")).isEmpty();
  }
}
