package dev.gatehouse.tracker.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.tracker.RequestHead;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

  private final RouteTable table =
      new RouteTable(
          HttpConfigs.of(
                  """
                  announce_routes = ["/announce", "/{passkey}/announce", "/announce.php"]
                  scrape_routes = ["scrape", "/own/announce"]
                  ping_routes = ["/ping"]
                  stats_routes = ["/stats", "/stats.json"]
                  """)
              .routes());

  @ParameterizedTest
  @CsvSource({
    "/announce, ANNOUNCE",
    "/announce.php, ANNOUNCE",
    "//announce, ANNOUNCE",
    "/./announce, ANNOUNCE",
    "/x/../announce, ANNOUNCE",
    "/%61nnounce, ANNOUNCE",
    "/secret/announce, ANNOUNCE",
    "/scrape, SCRAPE",
    "/own/announce, SCRAPE",
    "/ping, PING",
    "/stats, STATS",
    "/stats.json, STATS",
  })
  void aPathLeadsSomewhere(String path, Target target) {
    assertThat(find(path)).map(RouteTable.Match::target).contains(target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/announce/",
        "/Announce",
        "/announce/x",
        "announce",
        "*",
        "/a%2/announce",
        "/a b/announce",
        "/a%2fb/announce",
        "/\u00e4/announce",
        "/announce/.",
      })
  void anotherLeadsNowhere(String path) {
    assertThat(find(path.replace(" ", "%20"))).isEmpty();
  }

  @Test
  void whatStandsForANameIsKeptAndNotPrinted() {
    RouteTable.Match match = find("/S3cret-key_~/announce").orElseThrow();
    assertThat(match.parameters()).containsEntry("passkey", "S3cret-key_~");
    assertThat(match.toString()).doesNotContain("S3cret");
  }

  @Test
  void aNameStandsForAtMost128Bytes() {
    assertThat(find("/" + "a".repeat(128) + "/announce")).isPresent();
    assertThat(find("/" + "a".repeat(129) + "/announce")).isEmpty();
  }

  @Test
  void aPageIsJsonByItsName() {
    assertThat(find("/stats.json").orElseThrow().json()).isTrue();
    assertThat(find("/stats").orElseThrow().json()).isFalse();
  }

  private Optional<RouteTable.Match> find(String path) {
    RequestHead head = new RequestHead(1024);
    String text = "GET " + path + " HTTP/1.1\r\n\r\n";
    assertThat(head.read(Unpooled.wrappedBuffer(text.getBytes(ISO_8859_1)), 0))
        .isEqualTo(RequestHead.Outcome.COMPLETE);
    return table.find(head);
  }
}
