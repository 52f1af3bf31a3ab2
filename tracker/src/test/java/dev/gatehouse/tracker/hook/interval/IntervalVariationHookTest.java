package dev.gatehouse.tracker.hook.interval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tracker.config.HookConfig.IntervalVariation;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.Requests;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalVariationHookTest {

  private static final InfoHash HASH = Requests.hash("1234567890ABCDEF0000");
  private static final PeerId NOBODY = new PeerId(0, 0, 0);

  @Test
  void theGeneratorIsXoroshiro() {
    Xoroshiro numbers = new Xoroshiro(1, 2);
    assertThat(numbers.next()).isEqualTo(0x1680);
    assertThat(numbers.state0()).isEqualTo(0x103_0003);
    assertThat(numbers.state1()).isEqualTo(0x60_0000_0000L);
  }

  @ParameterizedTest
  @CsvSource({
    "0101010101010101010101010101010101010101, -TR3000-wnn58mba0mzp, 17",
    "000102030405060708090a0b0c0d0e0f10111213, -TR3000-wnn58mba0mzp, 45",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, -XX0001-000000000001, 30",
  })
  void whatIsAddedFollowsFromTorrentAndClient(String hash, String peer, long seconds) {
    assertThat(hook(1, 60, false).seconds(Requests.hash(hash), Requests.peer(peer)))
        .isEqualTo(seconds);
  }

  @Test
  void bothIntervalsGrowIfSaidSo() {
    assertThat(told(hook(1, 10, true))).containsExactly(1802, 902);
    assertThat(told(hook(1, 10, false))).containsExactly(1802, 900);
  }

  @Test
  void whoeverIsNotDrawnKeepsTheInterval() {
    assertThat(told(hook(0.65, 10, true))).containsExactly(1800, 900);
    assertThat(told(hook(0.66, 10, true))).containsExactly(1802, 902);
  }

  private static long[] told(IntervalVariationHook hook) {
    AnnounceReply reply = new AnnounceReply();
    reply.begin(1800, 900);
    hook.announce(HookContext.EMPTY, Requests.announce(HASH, NOBODY, Parameters.NONE), reply);
    return new long[] {reply.interval(), reply.minInterval()};
  }

  private static IntervalVariationHook hook(double probability, long seconds, boolean both) {
    return new IntervalVariationHook(new IntervalVariation(probability, seconds, both));
  }
}
