package dev.gatehouse.tracker.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.tracker.InfoHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashRulesTest {

  private static final InfoHash ONE = InfoHash.v1(-1, 2, 3);
  private static final InfoHash LONG = new InfoHash(7, 8, 9L << 32 | 1, 4, 32);

  private final Random random = new Random(1);

  @Test
  void withoutRulesNothingIsDeniedOrAllowed() {
    assertThat(denies(HashRules.NONE, ONE)).isFalse();
    assertThat(HashRules.NONE.allows(ONE)).isFalse();
  }

  @Test
  void theLastOfSeveralRulesAboutATorrentCounts() {
    HashRules rules = HashRules.of(List.of(rule(ONE, Verdict.ALLOW), rule(ONE, Verdict.DENY)));
    assertThat(denies(rules, ONE)).isTrue();
    assertThat(rules.allows(ONE)).isFalse();
    assertThat(rules.all()).hasSize(1);
    assertThat(rules.count(Verdict.DENY)).isEqualTo(1);
    assertThat(rules.count(Verdict.ALLOW)).isZero();
  }

  @Test
  void aLongHashAndItsFirstTwentyBytesAreOneTorrent() {
    HashRules rules = HashRules.of(List.of(rule(LONG, Verdict.DENY)));
    assertThat(denies(rules, LONG.truncated())).isTrue();
    assertThat(rules.all()).extracting(HashRule::torrent).containsExactly(LONG);
  }

  @Test
  void everyRuleOfManyIsFoundAndNoOtherTorrent() {
    List<HashRule> rules = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      // few different beginnings, so that the later bytes decide
      rules.add(rule(InfoHash.v1(random.nextInt(3) - 1L, random.nextLong(), i), Verdict.DENY));
    }
    HashRules all = HashRules.of(rules);
    assertThat(rules).allMatch(rule -> denies(all, rule.torrent()));
    assertThat(rules)
        .noneMatch(
            rule ->
                all.denies(
                    rule.torrent().first(), rule.torrent().second(), ~rule.torrent().tail()));
  }

  private static boolean denies(HashRules rules, InfoHash hash) {
    return rules.denies(hash.first(), hash.second(), hash.tail());
  }

  private static HashRule rule(InfoHash hash, Verdict verdict) {
    return new HashRule(hash, verdict, "", Instant.EPOCH);
  }
}
