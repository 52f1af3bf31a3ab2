package dev.gatehouse.proxy.http;

import static dev.gatehouse.proxy.http.Messages.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class Http2BlocksTest {

  private static List<String> written(Http2Headers block) {
    return StreamSupport.stream(block.spliterator(), false)
        .map(
            (Map.Entry<CharSequence, CharSequence> field) ->
                field.getKey() + "=" + field.getValue())
        .toList();
  }

  @Test
  void namesAreInLowerCaseAndValuesAsTheyCame() {
    assertThat(written(Http2Blocks.response(200, fields("X-Aa", "Bb", "x-aa", "Cc"))))
        .containsExactly(":status=200", "x-aa=Bb", "x-aa=Cc");
    assertThat(written(Http2Blocks.trailer(fields("Grpc-Status", "0"))))
        .containsExactly("grpc-status=0");
  }

  @Test
  void whatOnlyARequestHasComesFirst() {
    assertThat(written(Http2Blocks.request("GET", "https", "a.example", "/b", fields("C", "d"))))
        .containsExactly(":method=GET", ":scheme=https", ":authority=a.example", ":path=/b", "c=d");
  }

  @Test
  void aCharacterIsAByteBeyondAsciiToo() {
    Http2Headers block = Http2Blocks.trailer(fields("A", "\u00fc"));
    assertThat(block.get("a").charAt(0)).isEqualTo('\u00fc');
  }
}
