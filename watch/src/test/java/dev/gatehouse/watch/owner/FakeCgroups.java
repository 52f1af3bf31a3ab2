package dev.gatehouse.watch.owner;

import dev.gatehouse.watch.unit.Cgroups;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Control groups that a test makes up. */
final class FakeCgroups implements Cgroups {

  private final Map<Long, String> paths = new HashMap<>();
  private final Map<String, int[]> members = new HashMap<>();

  void add(long id, String path, int... pids) {
    paths.put(id, path);
    members.put(path, pids);
  }

  @Override
  public String path(long id, long nowNanos) {
    return paths.getOrDefault(id, "");
  }

  @Override
  public int[] processes(String path) {
    return Arrays.copyOf(
        members.getOrDefault(path, new int[0]), members.getOrDefault(path, new int[0]).length);
  }
}
