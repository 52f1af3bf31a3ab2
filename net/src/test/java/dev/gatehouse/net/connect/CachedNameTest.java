package dev.gatehouse.net.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.ManualTicker;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedNameTest {

  private static final Duration INSTANT = Duration.ofNanos(1);
  private static final List<InetAddress> OLD = List.of(address(1), address(2));
  private static final List<InetAddress> NEW = List.of(address(3));
  private static final List<InetAddress> NONE = List.of();

  private final ManualTicker ticker = new ManualTicker();
  private final CachedName name = new CachedName("git.internal");

  @Test
  void theFirstWhoAsksLooksUpAndAllWait() {
    Asked first = ask();
    Asked second = ask();
    assertThat(first.begins()).isTrue();
    assertThat(second.begins()).isFalse();
    assertThat(first.promise().isDone()).isFalse();
    answer(OLD);
    assertThat(first.promise().getNow()).isEqualTo(OLD);
    assertThat(second.promise().getNow()).isEqualTo(OLD);
  }

  @Test
  void aFreshAnswerServesWithoutALookup() {
    ask();
    answer(OLD);
    ticker.advance(CachedName.FRESH.minus(INSTANT));
    assertServed(ask(), OLD, false);
  }

  @Test
  void anOldAnswerServesWhileOneLookupRuns() {
    ask();
    answer(OLD);
    ticker.advance(CachedName.FRESH);
    assertServed(ask(), OLD, true);
    assertServed(ask(), OLD, false);
    answer(NEW);
    assertServed(ask(), NEW, false);
  }

  @Test
  void anOldAnswerOutlivesFailuresForFiveMinutes() {
    ask();
    answer(OLD);
    ticker.advance(CachedName.FRESH.plus(CachedName.STALE).minus(INSTANT));
    assertServed(ask(), OLD, true);
    answer(NONE);
    assertServed(ask(), OLD, false);
    ticker.advance(INSTANT);
    assertFailed(ask());
  }

  @Test
  void aFailedRefreshIsNotRepeatedAtOnce() {
    ask();
    answer(OLD);
    ticker.advance(CachedName.FRESH);
    assertServed(ask(), OLD, true);
    answer(NONE);
    ticker.advance(CachedName.FAILED.minus(INSTANT));
    assertServed(ask(), OLD, false);
    ticker.advance(INSTANT);
    assertServed(ask(), OLD, true);
  }

  @Test
  void aFailureIsRememberedForFiveSeconds() {
    Asked waiting = ask();
    answer(NONE);
    assertFailed(waiting);
    ticker.advance(CachedName.FAILED.minus(INSTANT));
    Asked early = ask();
    assertFailed(early);
    assertThat(early.begins()).isFalse();
    ticker.advance(INSTANT);
    assertThat(ask().begins()).isTrue();
  }

  @Test
  void anAnswerThatIsTooOldIsWaitedForAgain() {
    ask();
    answer(OLD);
    ticker.advance(CachedName.FRESH.plus(CachedName.STALE));
    Asked late = ask();
    assertThat(late.begins()).isTrue();
    assertThat(late.promise().isDone()).isFalse();
    answer(NEW);
    assertThat(late.promise().getNow()).isEqualTo(NEW);
  }

  @Test
  void whoeverLeftIsNotTold() {
    Asked gone = ask();
    name.leave(gone.promise());
    answer(OLD);
    assertThat(gone.promise().isDone()).isFalse();
  }

  @Test
  void whoeverCancelledDisturbsNobody() {
    Asked gone = ask();
    Asked other = ask();
    gone.promise().cancel(false);
    answer(OLD);
    assertThat(other.promise().getNow()).isEqualTo(OLD);
  }

  @Test
  void isForgottenOnlyWhenItServesNobody() {
    assertThat(name.isForgotten(ticker.nanos())).isTrue();
    ask();
    assertThat(name.isForgotten(ticker.nanos())).isFalse();
    answer(OLD);
    assertThat(name.isForgotten(ticker.nanos())).isFalse();
    ticker.advance(CachedName.FRESH.plus(CachedName.STALE));
    assertThat(name.isForgotten(ticker.nanos())).isTrue();
  }

  private record Asked(Promise<List<InetAddress>> promise, boolean begins) {}

  private Asked ask() {
    Promise<List<InetAddress>> promise = ImmediateEventExecutor.INSTANCE.newPromise();
    return new Asked(promise, name.ask(promise, ticker.nanos()));
  }

  private void answer(List<InetAddress> found) {
    name.answer(found, ticker.nanos());
  }

  private static void assertServed(Asked asked, List<InetAddress> expected, boolean begins) {
    assertThat(asked.promise().getNow()).isEqualTo(expected);
    assertThat(asked.begins()).isEqualTo(begins);
  }

  private static void assertFailed(Asked asked) {
    assertThat(asked.promise().cause())
        .isInstanceOfSatisfying(
            DialException.class, failed -> assertThat(failed.failure()).isEqualTo(DialFailure.DNS))
        .hasMessage("git.internal: dns");
  }

  static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (java.net.UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
