package dev.gatehouse.proxy.l7.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.testkit.LeakGuard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakGuard.class)
class RequestBlocksTest {

  private static final int KIB = 1024;
  private static final int OVERHEAD = 32 + 1;

  private final RequestBlocks blocks = new RequestBlocks();

  @ParameterizedTest
  @ValueSource(ints = {1, 64 * KIB, 64 * KIB + 1, 100 * KIB - OVERHEAD})
  void moreIsReadThanIsAnnounced(int length) throws Exception {
    assertThat(decode(length).get("x")).hasSize(length);
  }

  @Test
  void whatIsTooLargeToBeAnsweredIsKnown() throws Exception {
    assertThat(RequestBlocks.isTooLarge(decode(100 * KIB - OVERHEAD))).isFalse();
    assertThat(RequestBlocks.isTooLarge(decode(100 * KIB))).isTrue();
  }

  @Test
  void aBodyHasOneLength() {
    Http2Headers twice =
        new DefaultHttp2Headers(false).add("content-length", "0").add("content-length", "0");
    assertThat(catchThrowable(() -> decode(twice))).isInstanceOf(Http2Exception.class);
  }

  @Test
  void whatIsFarTooLargeIsNotRead() throws Exception {
    blocks.maxHeaderListSize(1, 2);
    assertThat(catchThrowable(() -> decode(125 * KIB)))
        .isInstanceOf(Http2Exception.HeaderListSizeException.class);
  }

  @Test
  void whatIsFarTooLargeEndsTheConnection() throws Exception {
    blocks.maxHeaderListSize(1, 2);
    assertThat(blocks.configuration().maxHeaderListSizeGoAway()).isEqualTo(125 * KIB);
  }

  @Test
  void whatWasAnnouncedIsNoLimitOnceTheClientKnowsIt() throws Exception {
    blocks.maxHeaderListSize(64 * KIB, 80 * KIB);
    assertThat(decode(90 * KIB).get("x")).hasSize(90 * KIB);
  }

  @Test
  void errorsOfSizeAreKnownByTheirWords() {
    assertThat(RequestBlocks.isTooLarge(new IllegalStateException())).isFalse();
    assertThat(RequestBlocks.isTooLarge(new IllegalStateException("no"))).isFalse();
    assertThat(RequestBlocks.isTooLarge(new IllegalStateException("Header size exceeded 1")))
        .isTrue();
  }

  private Http2Headers decode(int length) throws Http2Exception {
    return decode(new DefaultHttp2Headers(false).add("x", "v".repeat(length)));
  }

  private Http2Headers decode(Http2Headers fields) throws Http2Exception {
    ByteBuf block = ByteBufAllocator.DEFAULT.buffer();
    try {
      new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, true)
          .encodeHeaders(1, fields, block);
      return blocks.decodeHeaders(1, block);
    } finally {
      block.release();
    }
  }
}
