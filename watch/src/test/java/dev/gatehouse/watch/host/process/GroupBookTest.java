package dev.gatehouse.watch.host.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupBookTest {

  private static final long START = Long.MAX_VALUE - 1;
  private static final long TICKS = 100;

  private final GroupBook book = new GroupBook(TICKS);
  private long nowNanos = START;

  @Test
  void aGroupSumsItsMembers() {
    GroupTotals group =
        only(pass(10, process(1, "web", 5).root().files(10, 100), process(2, "web", 7)));
    assertThat(group.processes()).isEqualTo(2);
    assertThat(group.threads()).isEqualTo(2);
    assertThat(group.usage().cpuTicks()).isEqualTo(12);
    assertThat(group.residentBytes()).isEqualTo(2);
    assertThat(group.rootProcesses()).isOne();
    assertThat(group.openFiles()).isEqualTo(10);
    assertThat(group.worstFileRatio()).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void theEndOfAMemberTakesNothingFromTheCounters() {
    pass(10, process(1, "web", 5), process(2, "web", 7));
    GroupTotals after = only(pass(10, process(2, "web", 8)));
    assertThat(after.usage().cpuTicks()).isEqualTo(13);
    assertThat(after.processes()).isOne();
  }

  @Test
  void aPidThatIsUsedAgainIsAnotherProcess() {
    pass(10, process(1, "web", 50));
    assertThat(only(pass(10, process(1, "web", 3).startedAt(99))).usage().cpuTicks()).isEqualTo(53);
  }

  @Test
  void aValueThatFallsOrIsMissingCountsAsUnchanged() {
    pass(10, process(1, "web", 50));
    assertThat(only(pass(10, process(1, "web", 40))).usage().cpuTicks()).isEqualTo(50);
    assertThat(only(pass(10, process(1, "web", -1))).usage().cpuTicks()).isEqualTo(50);
    assertThat(only(pass(10, process(1, "web", 51))).usage().cpuTicks()).isEqualTo(51);
  }

  @Test
  void whoChangesItsNameTakesItsPastNotAlong() {
    pass(10, process(1, "sh", 50));
    List<GroupTotals> groups = pass(10, process(1, "web", 52));
    assertThat(find(groups, "sh").usage().cpuTicks()).isEqualTo(50);
    assertThat(find(groups, "sh").processes()).isZero();
    assertThat(find(groups, "web").usage().cpuTicks()).isEqualTo(2);
  }

  @Test
  void theHeaviestGroupsAreShownAndTheRestIsSummed() {
    Sample[] processes = new Sample[101];
    for (int i = 0; i < processes.length; i++) {
      processes[i] = process(i + 1, "g" + i, 1000 - i).files(5, 10);
    }
    List<GroupTotals> groups = pass(100, processes);
    assertThat(groups).hasSize(101);
    assertThat(groups.getFirst().name()).isEqualTo("g0");
    GroupTotals other = groups.getLast();
    assertThat(other.name()).isEqualTo(GroupBook.OTHER);
    assertThat(other.usage().cpuTicks()).isEqualTo(900);
    assertThat(other.processes()).isOne();
    assertThat(other.worstFileRatio()).isNegative();
    assertThat(groups).extracting(GroupTotals::name).doesNotContain("g100");
  }

  @Test
  void memoryWeighsAsMuchPerGibibyteAsASecond() {
    List<GroupTotals> groups =
        pass(1, process(1, "busy", 150), process(2, "large", 0).resident(2L << 30));
    assertThat(groups.getFirst().name()).isEqualTo("large");
  }

  @Test
  void whoIsShownStaysWhileHeavierOnesCome() {
    pass(1, process(1, "first", 10));
    List<GroupTotals> groups = pass(1, process(1, "first", 10), process(2, "heavy", 1000));
    assertThat(groups).extracting(GroupTotals::name).containsExactly("first", GroupBook.OTHER);
  }

  @Test
  void aPlaceIsFreeTenMinutesAfterTheLastProcessAndTheSumNeverFalls() {
    pass(1, process(1, "first", 10), process(2, "next", 5));
    after(Duration.ofMinutes(9).plusSeconds(59));
    List<GroupTotals> before = pass(1, process(2, "next", 8));
    assertThat(before).extracting(GroupTotals::name).containsExactly("first", GroupBook.OTHER);
    assertThat(find(before, "first").usage().cpuTicks()).isEqualTo(10);
    assertThat(find(before, GroupBook.OTHER).usage().cpuTicks()).isEqualTo(8);
    after(Duration.ofSeconds(1));
    List<GroupTotals> promoted = pass(1, process(2, "next", 20));
    assertThat(promoted).extracting(GroupTotals::name).containsExactly("next", GroupBook.OTHER);
    assertThat(find(promoted, "next").usage().cpuTicks()).isEqualTo(20);
    assertThat(find(promoted, GroupBook.OTHER).usage().cpuTicks()).isEqualTo(8);
    assertThat(find(promoted, GroupBook.OTHER).processes()).isZero();
  }

  @Test
  void aSmallerNumberHidesTheLightestAndKeepsTheirFormerUse() {
    pass(2, process(1, "a", 20), process(2, "b", 10));
    List<GroupTotals> groups = pass(1, process(1, "a", 20), process(2, "b", 14));
    assertThat(groups).extracting(GroupTotals::name).containsExactly("a", GroupBook.OTHER);
    assertThat(find(groups, GroupBook.OTHER).usage().cpuTicks()).isEqualTo(4);
  }

  @Test
  void aHiddenGroupWithoutProcessesIsForgottenButNotItsUse() {
    pass(1, process(1, "a", 20), process(2, "b", 10));
    List<GroupTotals> groups = pass(1, process(1, "a", 20));
    assertThat(find(groups, GroupBook.OTHER).usage().cpuTicks()).isEqualTo(10);
    assertThat(find(pass(1, process(3, "b", 1)), GroupBook.OTHER).usage().cpuTicks()).isEqualTo(11);
  }

  @Test
  void aProcessThatCallsItselfTheRestBelongsToTheRest() {
    List<GroupTotals> groups = pass(10, process(1, GroupBook.OTHER, 5), process(2, "web", 1));
    assertThat(groups).extracting(GroupTotals::name).containsExactly("web", GroupBook.OTHER);
    assertThat(groups.getLast().usage().cpuTicks()).isEqualTo(5);
  }

  @Test
  void aPassThatBreaksOffCountsNothingTwice() {
    book.beginPass();
    book.add(process(1, "web", 5).build());
    assertThat(only(pass(10, process(1, "web", 6))).usage().cpuTicks()).isEqualTo(6);
  }

  @Test
  void diskTrafficIsToldOnceSomeMemberTold() {
    assertThat(only(pass(10, process(1, "web", 5).withoutDisk())).disk()).isFalse();
    assertThat(only(pass(10, process(1, "web", 5))).disk()).isTrue();
    assertThat(only(pass(10, process(1, "web", 5).withoutDisk())).disk()).isTrue();
  }

  @Test
  void noCounterEverFallsWhateverHappens() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<GroupTotals> before = List.of();
    for (int round = 0; round < 300; round++) {
      after(Duration.ofSeconds(random.nextInt(120)));
      Sample[] processes = new Sample[random.nextInt(12)];
      for (int i = 0; i < processes.length; i++) {
        processes[i] = process(i, "g" + random.nextInt(8), random.nextInt(1000));
      }
      List<GroupTotals> now = pass(3, processes);
      assertThat(now.size()).as("seed %d", seed).isLessThanOrEqualTo(4);
      for (GroupTotals earlier : before) {
        now.stream()
            .filter(group -> group.name().equals(earlier.name()))
            .forEach(
                group ->
                    assertThat(group.usage().cpuTicks())
                        .as("seed %d, group %s", seed, group.name())
                        .isGreaterThanOrEqualTo(earlier.usage().cpuTicks()));
      }
      before = now;
    }
  }

  private void after(Duration time) {
    nowNanos += time.toNanos();
  }

  private List<GroupTotals> pass(int maxShown, Sample... processes) {
    book.beginPass();
    for (Sample process : processes) {
      book.add(process.build());
    }
    return book.endPass(nowNanos, maxShown);
  }

  private static GroupTotals only(List<GroupTotals> groups) {
    assertThat(groups).hasSize(1);
    return groups.getFirst();
  }

  private static GroupTotals find(List<GroupTotals> groups, String name) {
    Optional<GroupTotals> found =
        groups.stream().filter(group -> group.name().equals(name)).findFirst();
    assertThat(found).as("group %s", name).isPresent();
    return found.orElseThrow();
  }

  private static Sample process(int pid, String group, long cpuTicks) {
    return new Sample(pid, 1, group, cpuTicks, true, 1, 0, 0, false);
  }

  private record Sample(
      int pid,
      long start,
      String group,
      long cpuTicks,
      boolean disk,
      long resident,
      long openFiles,
      long openFilesLimit,
      boolean isRoot) {

    Sample startedAt(long ticks) {
      return new Sample(
          pid, ticks, group, cpuTicks, disk, resident, openFiles, openFilesLimit, isRoot);
    }

    Sample withoutDisk() {
      return new Sample(
          pid, start, group, cpuTicks, false, resident, openFiles, openFilesLimit, isRoot);
    }

    Sample resident(long bytes) {
      return new Sample(
          pid, start, group, cpuTicks, disk, bytes, openFiles, openFilesLimit, isRoot);
    }

    Sample files(long open, long limit) {
      return new Sample(pid, start, group, cpuTicks, disk, resident, open, limit, isRoot);
    }

    Sample root() {
      return new Sample(
          pid, start, group, cpuTicks, disk, resident, openFiles, openFilesLimit, true);
    }

    ProcessSample build() {
      long told = disk ? cpuTicks : -1;
      Usage usage = new Usage(cpuTicks, cpuTicks, told, told, told, told);
      return new ProcessSample(
          pid, start, group, usage, resident, 1, 1, 1, openFiles, openFilesLimit, isRoot);
    }
  }
}
