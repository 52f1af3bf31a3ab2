package dev.gatehouse.watch.owner;

import static dev.gatehouse.watch.SocketRows.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.sockets.SocketRow;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.watch.SocketRows;
import dev.gatehouse.watch.exposure.Owner;
import dev.gatehouse.watch.exposure.Resolution;
import dev.gatehouse.watch.owner.OwnerLookup.Owners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerResolverTest {

  private static final OwnerSettings SETTINGS = new OwnerSettings(true, true, 0.02);
  private static final OwnerSettings OFF = new OwnerSettings(false, true, 0.02);

  private final ManualTicker ticker = new ManualTicker();
  private final FakeProcesses world = new FakeProcesses(ticker);
  private final FakeCgroups cgroups = new FakeCgroups();
  private final OwnerResolver resolver = new OwnerResolver(world, cgroups, ticker);

  private static SocketRows socket(long inode) {
    return tcp("0.0.0.0", 80).socket(inode);
  }

  private Owner resolve(SocketRows row) {
    return resolveAll(row.row()).getFirst();
  }

  private List<Owner> resolveAll(SocketRow... rows) {
    return resolver.resolve(List.of(rows), SETTINGS).owners();
  }

  @Test
  void aSocketWithoutAFileIsTheKernelsAndCostsNothing() {
    Owner owner = resolve(socket(0));
    assertThat(owner).isEqualTo(Owner.unknown(Resolution.KERNEL));
    assertThat(world.fullWalks).isZero();
    assertThat(world.walked).isEmpty();
    assertThat(world.stats).isZero();
  }

  @Test
  void aProcessThatIsGoneIsAskedForOnceInAScan() {
    ProcessBook book = new ProcessBook(world);
    book.begin(true, 0);
    assertThat(book.process(2_147_483_646)).isEmpty();
    assertThat(book.name(2_147_483_646)).isEmpty();
    assertThat(book.process(2_147_483_646)).isEmpty();
    assertThat(world.stats).isEqualTo(1);
  }

  @Test
  void aDescriptorProvesTheOwner() {
    world.add(900, "nginx").holds(6, 71).uid(33).cgroup("/system.slice/nginx.service");
    assertThat(resolve(socket(71)))
        .isEqualTo(
            new Owner(Resolution.FD, "nginx", 900, 33, "nginx.service", "", "/usr/bin/program"));
  }

  @Test
  void aQuietScanReadsOneLinkPerListenerAndOneStatePerProcess() {
    world.add(900, "nginx").holds(6, 71).holds(7, 72);
    world.add(901, "sshd").holds(3, 73);
    SocketRow[] rows = {socket(71).row(), socket(72).row(), socket(73).row()};
    List<Owner> first = resolveAll(rows);
    world.forgetCounts();
    assertThat(resolveAll(rows)).isEqualTo(first);
    assertThat(world.links).isEqualTo(3);
    assertThat(world.stats).isEqualTo(2);
    assertThat(world.walked).isEmpty();
  }

  @Test
  void aUsedInodeOfAnotherSocketIsLookedUpAnew() {
    world.add(900, "nginx").holds(6, 71);
    assertThat(resolve(socket(71)).process()).isEqualTo("nginx");
    world.end(900);
    world.add(901, "evil").holds(6, 71);
    assertThat(resolve(socket(71).cookie(9)).process()).isEqualTo("evil");
  }

  @Test
  void aUsedPidIsNotTheSameProcess() {
    world.add(900, "nginx").holds(6, 71);
    assertThat(resolve(socket(71)).process()).isEqualTo("nginx");
    world.add(900, "evil").startTime(2);
    world.add(800, "nginx").holds(6, 71);
    assertThat(resolve(socket(71)).pid()).isEqualTo(800);
  }

  @Test
  void aDescriptorClosedAndHeldByAnotherMovesTheOwner() {
    FakeProcesses.Fake parent = world.add(900, "parent").holds(6, 71);
    world.add(901, "child").holds(6, 71);
    assertThat(resolve(socket(71)).process()).isEqualTo("parent");
    FakeProcesses.Fake _ = parent.drops(6);
    assertThat(resolve(socket(71)).process()).isEqualTo("child");
  }

  @Test
  void theNameFollowsAnotherProgramInTheSameProcess() {
    FakeProcesses.Fake process = world.add(900, "nginx").holds(6, 71);
    assertThat(resolve(socket(71)).process()).isEqualTo("nginx");
    FakeProcesses.Fake _ = process.comm("evil");
    assertThat(resolve(socket(71)).process()).isEqualTo("evil");
  }

  @Test
  void aUserAndAUnitThatChangeAreReadAgainAfterAMinute() {
    FakeProcesses.Fake process = world.add(900, "bind").holds(6, 71).uid(0);
    assertThat(resolve(socket(71)).uid()).isZero();
    FakeProcesses.Fake _ = process.uid(53);
    ticker.advance(Duration.ofSeconds(60));
    assertThat(resolve(socket(71)).uid()).isEqualTo(53);
  }

  @Test
  void aServiceWinsOverTheInitThatOpenedItsSocket() {
    world.add(1, "systemd").holds(40, 71);
    world.add(900, "sshd").holds(3, 71);
    cgroups.add(5, "/init.scope", 1);
    assertThat(resolve(socket(71).cgroup(5)).pid()).isEqualTo(900);
  }

  @Test
  void initIsTheOwnerIfNobodyElseIs() {
    world.add(1, "systemd").holds(40, 71);
    assertThat(resolve(socket(71)).pid()).isEqualTo(1);
  }

  @Test
  void theFirstHolderIsTheOwner() {
    world.add(812, "nginx").holds(6, 71);
    world.add(813, "nginx").holds(6, 71);
    assertThat(resolve(socket(71)).pid()).isEqualTo(812);
  }

  @Test
  void theSocketsOwnGroupIsWalkedFirst() {
    world.add(800, "other");
    world.add(900, "nginx").holds(6, 71);
    cgroups.add(5, "/system.slice/nginx.service", 900);
    assertThat(resolve(socket(71).cgroup(5)).pid()).isEqualTo(900);
    assertThat(world.walked).containsExactly(900);
    assertThat(world.fullWalks).isZero();
  }

  @Test
  void aGroupBeyondTheLimitIsNotWalkedByItself() {
    int[] pids = new int[OwnerSearch.MAX_GROUP_WALK + 1];
    for (int i = 0; i < pids.length; i++) {
      pids[i] = 10_000 + i;
    }
    world.add(900, "nginx").holds(6, 71);
    cgroups.add(5, "/big", pids);
    assertThat(resolve(socket(71).cgroup(5)).pid()).isEqualTo(900);
    assertThat(world.fullWalks).isEqualTo(1);
    assertThat(world.walked).doesNotContain(10_000);
  }

  @Test
  void theRootGroupNarrowsNothingAndInfersNothing() {
    world.add(900, "nginx");
    cgroups.add(1, "/", 900);
    world.refuseAll();
    assertThat(resolve(socket(71).cgroup(1)).resolution()).isEqualTo(Resolution.HIDDEN);
    assertThat(world.fullWalks).isEqualTo(1);
  }

  @Test
  void aGroupOfOneNameIsTheOwner() {
    world.add(900, "nginx").uid(0).cgroup("/system.slice/nginx.service");
    world.add(901, "nginx").uid(33);
    cgroups.add(5, "/system.slice/nginx.service", 900, 901);
    world.refuseAll();
    assertThat(resolve(socket(71).cgroup(5).uid(33)))
        .isEqualTo(new Owner(Resolution.CGROUP, "nginx", 900, 0, "nginx.service", "", ""));
  }

  @Test
  void amongSeveralNamesTheSocketsUserDecides() {
    world.add(900, "bash").uid(0);
    world.add(901, "postgres").uid(33);
    cgroups.add(5, "/a.service", 900, 901);
    world.refuseAll();
    assertThat(resolve(socket(71).cgroup(5).uid(33)).process()).isEqualTo("postgres");
  }

  @Test
  void amongSeveralNamesOfOneUserThereIsNoGuess() {
    world.add(900, "bash").uid(33);
    world.add(901, "postgres").uid(33);
    cgroups.add(5, "/a.service", 900, 901);
    world.refuseAll();
    Owner owner = resolve(socket(71).cgroup(5).uid(33));
    assertThat(owner.process()).isEmpty();
    assertThat(owner.resolution()).isEqualTo(Resolution.HIDDEN);
    assertThat(owner.unit()).isEqualTo("a.service");
  }

  @Test
  void aShortLivedChildDoesNotChangeWhatWasInferred() {
    world.add(901, "postgres").uid(33);
    cgroups.add(5, "/a.service", 901);
    world.refuseAll();
    assertThat(resolve(socket(71).cgroup(5).uid(33)).process()).isEqualTo("postgres");
    world.add(902, "pg_dump").uid(33);
    cgroups.add(5, "/a.service", 901, 902);
    world.forgetCounts();
    assertThat(resolve(socket(71).cgroup(5).uid(33)).process()).isEqualTo("postgres");
    assertThat(world.walked).isEmpty();
  }

  @Test
  void anInferredNameStaysWithAnotherProcessOfThatName() {
    world.add(901, "postgres").uid(33);
    cgroups.add(5, "/a.service", 901);
    world.refuseAll();
    assertThat(resolve(socket(71).cgroup(5)).pid()).isEqualTo(901);
    world.end(901);
    world.add(905, "postgres").uid(33);
    world.add(904, "other").uid(33);
    world.refuseAll();
    cgroups.add(5, "/a.service", 904, 905);
    assertThat(resolve(socket(71).cgroup(5)).pid()).isEqualTo(905);
    world.end(905);
    cgroups.add(5, "/a.service", 904);
    assertThat(resolve(socket(71).cgroup(5)).process()).isEqualTo("other");
  }

  @Test
  void whatNobodyHoldsIsTheKernelsIfAllCouldBeAsked() {
    world.add(900, "nginx");
    assertThat(resolve(socket(71)).resolution()).isEqualTo(Resolution.KERNEL);
    world.refuseAll();
    assertThat(resolve(socket(72)).resolution()).isEqualTo(Resolution.HIDDEN);
  }

  @Test
  void theNumberOfRefusedFoldersIsTold() {
    world.add(900, "nginx");
    world.add(901, "sshd");
    world.refuseAll();
    Owners owners = resolver.resolve(List.of(socket(71).row()), SETTINGS);
    assertThat(owners.refusedFolders()).isEqualTo(2);
    assertThat(owners.fullWalks()).isEqualTo(1);
  }

  @Test
  void aFruitlessLookupIsRepeatedLessAndLessOften() {
    world.refuseAll();
    List<Integer> walksAfterSeconds = new ArrayList<>();
    for (int second = 0; second <= 1400; second += 5) {
      int before = world.fullWalks;
      resolve(socket(71));
      if (world.fullWalks > before) {
        walksAfterSeconds.add(second);
      }
      ticker.advance(Duration.ofSeconds(5));
    }
    assertThat(walksAfterSeconds).containsExactly(0, 10, 40, 160, 760, 1360);
  }

  @Test
  void aWalkForOneSocketResolvesOthersThatWait() {
    world.add(900, "nginx");
    assertThat(resolve(socket(71)).resolution()).isEqualTo(Resolution.KERNEL);
    world.add(901, "late").holds(3, 71).holds(4, 72);
    List<Owner> owners = resolveAll(socket(71).row(), socket(72).row());
    assertThat(owners).extracting(Owner::process).containsExactly("late", "late");
  }

  @Test
  void manyNewListenersCostOneWalk() {
    SocketRow[] rows = new SocketRow[10];
    FakeProcesses.Fake nginx = world.add(900, "nginx");
    for (int i = 0; i < rows.length; i++) {
      FakeProcesses.Fake _ = nginx.holds(10 + i, 100 + i);
      rows[i] = socket(100 + i).row();
    }
    assertThat(resolveAll(rows)).extracting(Owner::process).containsOnly("nginx");
    assertThat(world.fullWalks).isEqualTo(1);
  }

  @Test
  void aSpentBudgetLetsNewSocketsWait() {
    world.add(900, "nginx").holds(6, 71).holds(7, 72);
    world.walkTakes(Duration.ofMillis(4));
    assertThat(resolve(socket(71)).process()).isEqualTo("nginx");
    ticker.advance(Duration.ofMillis(199));
    List<Owner> waiting = resolveAll(socket(71).row(), socket(72).row());
    assertThat(waiting).extracting(Owner::process).containsExactly("nginx", "");
    assertThat(waiting.get(1).resolution()).isEqualTo(Resolution.PENDING);
    ticker.advance(Duration.ofMillis(1));
    assertThat(resolve(socket(72)).process()).isEqualTo("nginx");
  }

  @Test
  void noPauseIsLongerThanAMinute() {
    WalkBudget budget = new WalkBudget();
    budget.spent(Duration.ofSeconds(30).toNanos(), 0.001, 0);
    assertThat(budget.allows(WalkBudget.MAX_PAUSE_NANOS - 1)).isFalse();
    assertThat(budget.allows(WalkBudget.MAX_PAUSE_NANOS)).isTrue();
  }

  @Test
  void aProcessThatVanishesDuringTheWalkIsNoError() {
    world.add(900, "nginx");
    cgroups.add(5, "/a.service", 899);
    assertThat(resolve(socket(71).cgroup(5)).resolution()).isEqualTo(Resolution.KERNEL);
  }

  @Test
  void switchedOffOnlyTheOwnSocketsAreKnown() {
    world.add(900, "nginx").holds(6, 71);
    world.add(FakeProcesses.SELF, "gatehouse").holds(9, 72);
    List<Owner> owners =
        resolver.resolve(List.of(socket(71).row(), socket(72).row()), OFF).owners();
    assertThat(owners).extracting(Owner::resolution).containsExactly(Resolution.OFF, Resolution.FD);
    assertThat(owners).extracting(Owner::process).containsExactly("", "gatehouse");
    assertThat(world.fullWalks).isZero();
    assertThat(world.walked).containsOnly(FakeProcesses.SELF);
  }

  @Test
  void switchingOffForgetsTheOthers() {
    world.add(900, "nginx").holds(6, 71);
    assertThat(resolve(socket(71)).process()).isEqualTo("nginx");
    Owner owner = resolver.resolve(List.of(socket(71).row()), OFF).owners().getFirst();
    assertThat(owner.resolution()).isEqualTo(Resolution.OFF);
    assertThat(resolve(socket(71)).process()).isEqualTo("");
    ticker.advance(Duration.ofSeconds(10));
    assertThat(resolve(socket(71)).process()).isEqualTo("nginx");
  }

  @Test
  void withoutUnitsNoneIsTold() {
    world.add(900, "nginx").holds(6, 71).cgroup("/system.slice/nginx.service");
    OwnerSettings noUnits = new OwnerSettings(true, false, 0.02);
    assertThat(resolver.resolve(List.of(socket(71).row()), noUnits).owners().getFirst().unit())
        .isEmpty();
    assertThat(resolve(socket(71)).unit()).isEqualTo("nginx.service");
  }

  @Test
  void confirmationIsBoundedAndReachesAllInTurn() {
    int count = OwnerResolver.MAX_CONFIRMED + 1;
    FakeProcesses.Fake nginx = world.add(900, "nginx");
    SocketRow[] rows = new SocketRow[count];
    for (int i = 0; i < count; i++) {
      FakeProcesses.Fake _ = nginx.holds(10 + i, 10_000 + i);
      rows[i] = socket(10_000 + i).row();
    }
    resolveAll(rows);
    world.forgetCounts();
    resolveAll(rows);
    assertThat(world.links).isEqualTo(OwnerResolver.MAX_CONFIRMED);
    for (int i = 0; i < count; i++) {
      FakeProcesses.Fake _ = nginx.drops(10 + i);
    }
    world.add(901, "heir").holds(3, 10_000 + count - 1);
    resolveAll(rows);
    assertThat(resolveAll(rows).get(count - 1).process()).isEqualTo("heir");
  }

  @Test
  void aSocketThatTwoScansDidNotSeeIsForgotten() {
    world.add(900, "nginx").holds(6, 71);
    resolve(socket(71));
    resolveAll();
    world.forgetCounts();
    resolve(socket(71));
    assertThat(world.walked).isEmpty();
    resolveAll();
    resolveAll();
    resolve(socket(71));
    assertThat(world.walked).isNotEmpty();
  }
}
