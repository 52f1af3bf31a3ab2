package dev.gatehouse.relay.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.registry.Claim.Claimed;
import dev.gatehouse.relay.registry.Claim.Reclaimed;
import dev.gatehouse.relay.registry.Expiry.Expired;
import dev.gatehouse.relay.registry.Registration.Registered;
import dev.gatehouse.relay.registry.Takeover.TakenOver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Section 7.10 of the relay's specification, all threads at once. */
class RegistryRaceTest {

  private static final ServerId ID = new ServerId("contended");
  private static final int THREADS = 32;

  private final Registry<Object, Object> registry = new Registry<>();

  @RepeatedTest(20)
  void exactlyOneClaimWins() throws Exception {
    List<Claim<Object, Object>> claims = race(THREADS, i -> () -> registry.claim(ID, "b" + i));
    assertThat(claims).filteredOn(Claimed.class::isInstance).hasSize(1);
    Object holder = registry.binary(ID).orElseThrow();
    assertThat(claims)
        .filteredOn(Claim.Conflict.class::isInstance)
        .hasSize(THREADS - 1)
        .allMatch(claim -> claim.equals(new Claim.Conflict<>(holder)));
  }

  @RepeatedTest(20)
  void exactlyOneTakeoverWins() throws Exception {
    registry.claim(ID, "silent");
    List<Takeover<Object, Object>> takeovers =
        race(THREADS, i -> () -> registry.takeover(ID, Optional.of("silent"), "b" + i));
    assertThat(takeovers).filteredOn(TakenOver.class::isInstance).hasSize(1);
  }

  @RepeatedTest(20)
  void aPhoneIsPutOutOnceWhetherTheGraceEndsOrTheBinaryReturns() throws Exception {
    registry.claim(ID, "old");
    registry.registerPhone(ID, "a", "a", 0);
    Release release = registry.release(ID, "old", 0, Duration.ofNanos(1));
    GraceTimer timer = ((Release.GraceArmed) release).timer();
    List<List<Object>> out =
        race(
            2,
            i ->
                i == 0
                    ? () ->
                        registry.expire(timer) instanceof Expired<Object>(var phones)
                            ? phones
                            : List.of()
                    : () ->
                        registry.claim(ID, "new") instanceof Reclaimed<Object, Object>(var phones)
                            ? phones
                            : List.of());
    assertThat(out.stream().flatMap(List::stream)).containsExactly("a");
    assertThat(registry.counts().phones()).isZero();
  }

  @RepeatedTest(20)
  void exactlyOneMorePhoneFindsTheLastPlace() throws Exception {
    registry.claim(ID, "one");
    for (int i = 0; i < 15; i++) {
      registry.registerPhone(ID, "p" + i, i, 16);
    }
    List<Registration<Object>> registrations =
        race(THREADS, i -> () -> registry.registerPhone(ID, "late" + i, i, 16));
    assertThat(registrations).filteredOn(Registered.class::isInstance).hasSize(1);
    assertThat(registry.counts().phones()).isEqualTo(16);
  }

  @Test
  void countsAreThoseOfTheSnapshotAfterRandomOperations() throws Exception {
    race(16, i -> () -> operate(new Random(i), 200));
    Counts counted = counted();
    assertThat(registry.counts()).isEqualTo(counted);
    assertThat(registry.snapshot())
        .allMatch(holding -> holding.binary().isPresent() != holding.grace().isPresent())
        .allMatch(holding -> holding.phones().size() <= 4);
  }

  private Counts counted() {
    int binaries = 0;
    int graced = 0;
    Set<Object> phones = new HashSet<>();
    for (Holding<Object, Object> holding : registry.snapshot()) {
      binaries += holding.binary().isPresent() ? 1 : 0;
      graced += holding.grace().isPresent() ? 1 : 0;
      phones.addAll(holding.phones());
    }
    return new Counts(binaries, graced, phones.size());
  }

  private int operate(Random random, int operations) {
    for (int i = 0; i < operations; i++) {
      ServerId id = new ServerId("id" + random.nextInt(4));
      Object me = new Object();
      String name = "p" + random.nextInt(8);
      switch (random.nextInt(7)) {
        case 0, 1 -> registry.claim(id, me);
        case 2 -> registry.takeover(id, registry.binary(id), me);
        case 3 ->
            registry.binary(id).ifPresent(held -> registry.release(id, held, 0, Duration.ZERO));
        case 4 -> registry.due(1).forEach(registry::expire);
        case 5 -> registry.registerPhone(id, name, me, 4);
        default ->
            registry.phone(id, name).ifPresent(held -> registry.unregisterPhone(id, name, held));
      }
    }
    return operations;
  }

  private static <T> List<T> race(int threads, IntFunction<Callable<T>> task)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<T> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> each = task.apply(i);
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  return each.call();
                }));
      }
      for (Future<T> one : running) {
        results.add(one.get());
      }
    }
    return results;
  }
}
