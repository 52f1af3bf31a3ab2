package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.wire.Decoded.Incomplete;
import io.netty.buffer.Unpooled;

class QueryFuzzTest {

  @FuzzTest(maxDuration = "30s")
  void everyQueryHasAnOutcomeAndThePlainReadersParameters(byte[] input) {
    Query query = Query.ofTarget(Unpooled.wrappedBuffer(input));
    assertThat(query.size()).isLessThanOrEqualTo(Query.MAX_PARAMETERS);
    if (query.size() < Query.MAX_PARAMETERS) {
      QueryTest.assertSame(new String(input, ISO_8859_1), query, false);
    }
    assertThat(AnnounceQuery.read(query)).isNotInstanceOf(Incomplete.class);
    assertThat(ScrapeQuery.read(query)).isNotInstanceOf(Incomplete.class);
  }

  /** What is well formed is told apart from what is not behind a query that nearly is one. */
  @FuzzTest(maxDuration = "30s")
  void everyAnnounceHasAnOutcome(byte[] input) {
    byte[] start =
        "peer_id=01234567890123456789&left=0&downloaded=0&uploaded=0&".getBytes(ISO_8859_1);
    Query query = Query.ofTarget(Unpooled.wrappedBuffer(start, input));
    assertThat(AnnounceQuery.read(query)).isNotInstanceOf(Incomplete.class);
  }
}
