package dev.gatehouse.wire.tracker;

import static dev.gatehouse.wire.tracker.QueryTest.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.Decoded.Complete;
import dev.gatehouse.wire.Decoded.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeQueryTest {

  private static final String A = "A".repeat(20);
  private static final String B = "B".repeat(32);

  @Test
  void readsEachHashOnceInTheOrderAsked() {
    Decoded<ScrapeQuery> scrape =
        ScrapeQuery.read(
            target("info_hash=" + B + "&x=1&info_hash=" + A + "&info_hash=" + "42".repeat(32)));
    assertThat(scrape)
        .isInstanceOfSatisfying(
            Complete.class,
            complete ->
                assertThat(((ScrapeQuery) complete.value()).infoHashes())
                    .containsExactly(hash(B), hash(A)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "info_hash",
        "info_hash=",
        "info_hash=short",
        "INFO_HASH=AAAAAAAAAAAAAAAAAAAA"
      })
  void refusesToScrapeEverything(String query) {
    assertThat(ScrapeQuery.read(target(query)))
        .isEqualTo(new Malformed<>(RequestFault.NO_INFO_HASH));
  }

  @Test
  void passesOverHashesThatAreNotWellFormed() {
    assertThat(ScrapeQuery.read(target("info_hash=x&info_hash=" + A)))
        .isInstanceOfSatisfying(
            Complete.class,
            complete ->
                assertThat(((ScrapeQuery) complete.value()).infoHashes()).containsExactly(hash(A)));
  }

  private static InfoHash hash(String raw) {
    return InfoHash.parse(Bytes.utf8(raw)).orElseThrow();
  }
}
