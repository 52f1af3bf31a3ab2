package dev.gatehouse.net.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.loop.Transport;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NameResolverTest {

  private static final EventLoops LOOPS = new EventLoops(Transport.NIO);
  private static final List<InetAddress> GIT = List.of(CachedNameTest.address(1));

  @RegisterExtension final LogGuard logs = new LogGuard();

  private final ManualTicker ticker = new ManualTicker();
  private final ScriptedNames world = new ScriptedNames();
  private final NameResolver resolver = new NameResolver(world, ticker);
  private final EventLoop loop = LOOPS.group().next();

  @BeforeAll
  static void startLoops() {
    LOOPS.start();
  }

  @AfterAll
  static void closeLoops() {
    LOOPS.close();
  }

  @AfterEach
  void close() {
    world.release();
    resolver.close();
  }

  @Test
  void answersOnTheLoopAndNeverAsksThere() throws Exception {
    world.answer("git", GIT);
    CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
    Future<List<InetAddress>> answer = resolver.resolve(loop, "git");
    answer.addListener(_ -> onLoop.complete(loop.inEventLoop()));
    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(GIT);
    assertThat(onLoop.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(world.threads)
        .allSatisfy(
            thread -> {
              assertThat(thread.getName()).startsWith("names-");
              assertThat(thread.isDaemon()).isTrue();
              assertThat(thread.isVirtual()).isFalse();
            });
  }

  @Test
  void aStormOfQuestionsIsOneLookup() throws Exception {
    world.hang("git");
    world.answer("git", GIT);
    List<Future<List<InetAddress>>> answers =
        IntStream.range(0, 1000).mapToObj(_ -> resolver.resolve(loop, "git")).toList();
    world.release();
    for (Future<List<InetAddress>> answer : answers) {
      assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(GIT);
    }
    assertThat(world.lookups()).isEqualTo(1);
  }

  @Test
  void aNameServerThatHangsHoldsUpNoOtherName() throws Exception {
    world.hang("slow");
    world.answer("git", GIT);
    Future<List<InetAddress>> slow = resolver.resolve(loop, "slow");
    assertThat(resolver.resolve(loop, "git").get(10, TimeUnit.SECONDS)).isEqualTo(GIT);
    assertThat(slow.isDone()).isFalse();
  }

  @Test
  void refreshesBehindAnOldAnswer() throws Exception {
    world.answer("git", GIT);
    resolver.resolve(loop, "git").get(10, TimeUnit.SECONDS);
    List<InetAddress> moved = List.of(CachedNameTest.address(9));
    world.answer("git", moved);
    ticker.advance(CachedName.FRESH);
    assertThat(resolver.resolve(loop, "git").get(10, TimeUnit.SECONDS)).isEqualTo(GIT);
    Await.until("the new address", () -> moved.equals(resolver.resolve(loop, "git").getNow()));
    assertThat(world.lookups()).isEqualTo(2);
  }

  @Test
  void triesNoMoreAddressesThanTheLimit() throws Exception {
    List<InetAddress> many = IntStream.range(1, 100).mapToObj(CachedNameTest::address).toList();
    world.answer("many", many);
    assertThat(resolver.resolve(loop, "many").get(10, TimeUnit.SECONDS))
        .isEqualTo(many.subList(0, NameResolver.MAX_ADDRESSES));
  }

  @Test
  void refusesANameBeyondTheLimitUntilAnotherIsForgotten() throws Exception {
    for (int i = 0; i < NameResolver.MAX_NAMES; i++) {
      assertFailed(resolver.resolve(loop, "unknown-" + i));
    }
    int before = world.lookups();
    world.answer("git", GIT);
    assertFailed(resolver.resolve(loop, "git"));
    assertThat(world.lookups()).isEqualTo(before);
    ticker.advance(CachedName.FAILED);
    assertThat(resolver.resolve(loop, "git").get(10, TimeUnit.SECONDS)).isEqualTo(GIT);
  }

  @Test
  void aLookupThatBreaksIsAFailureLikeAnyOther() throws Exception {
    NameResolver broken =
        new NameResolver(
            _ -> {
              throw new IllegalStateException("no such library");
            },
            ticker);
    assertFailed(broken.resolve(loop, "git"));
    broken.close();
  }

  @Test
  void closingTellsWhoeverWaits() throws Exception {
    world.hang("slow");
    Future<List<InetAddress>> waiting = resolver.resolve(loop, "slow");
    resolver.close();
    assertFailed(waiting);
    ticker.advance(CachedName.FAILED);
    assertFailed(resolver.resolve(loop, "git"));
  }

  @Test
  void theSystemKnowsThisHost() throws Exception {
    NameResolver system = new NameResolver(NameLookup.system(), ticker);
    assertThat(system.resolve(loop, "localhost").get(10, TimeUnit.SECONDS))
        .anyMatch(address -> address.equals(CachedNameTest.address(1)));
    system.close();
  }

  private static void assertFailed(Future<List<InetAddress>> answer) throws Exception {
    assertThat(answer.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(answer.cause())
        .isInstanceOfSatisfying(
            DialException.class, failed -> assertThat(failed.failure()).isEqualTo(DialFailure.DNS));
  }
}
