package dev.gatehouse.tracker.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.config.RequestRules;
import dev.gatehouse.tracker.request.Announce;
import dev.gatehouse.tracker.request.Change;
import dev.gatehouse.tracker.request.Sanitizer;
import dev.gatehouse.wire.Decoded;
import dev.gatehouse.wire.tracker.AnnounceQuery;
import dev.gatehouse.wire.tracker.PeerForm;
import dev.gatehouse.wire.tracker.PeerList;
import dev.gatehouse.wire.tracker.Query;
import dev.gatehouse.wire.tracker.RequestFault;
import dev.gatehouse.wire.tracker.RequestHead;
import dev.gatehouse.wire.tracker.ScrapeQuery;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestReaderTest {

  private static final String NEEDED =
      "info_hash=aaaaaaaaaaaaaaaaaaaa&peer_id=-TR3000-aaaaaaaaaaaa&port=6881"
          + "&uploaded=1&downloaded=2&left=3";

  private final HttpExchange exchange = new HttpExchange();

  @BeforeEach
  void isAt() {
    exchange.isAt(ip("1.2.3.4"));
  }

  @Test
  void anAnnounceIsFilledWithWhatWasAsked() {
    assertThat(announce(reader(false, false), "")).isEmpty();
    Announce asked = exchange.announce();
    assertThat(addresses()).containsExactly("1.2.3.4:6881");
    assertThat(asked.change()).isEqualTo(Change.LEECH);
    assertThat(asked.isSeeder()).isFalse();
    assertThat(asked.numWant()).isEqualTo(50);
    assertThat(asked.isPrimaryFamilyOnly()).isFalse();
    assertThat(exchange.form()).isEqualTo(PeerForm.COMPACT);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 50",
    "&numwant=, 50",
    "&numwant=-1, 50",
    "&numwant=0, 0",
    "&numwant=28, 28",
    "&numwant=1000, 100",
    "&numwant=99999999999, 100",
    "&event=stopped&numwant=28, 0",
  })
  void asManyPeersAreWantedAsAreAllowed(String more, int numWant) {
    assertThat(announce(reader(false, false), more)).isEmpty();
    assertThat(exchange.announce().numWant()).isEqualTo(numWant);
  }

  @ParameterizedTest
  @CsvSource({
    "&event=started, LEECH",
    "&event=StOpped, STOP",
    "&event=completed, COMPLETE",
    "&event=paused, LEECH",
    "&event=, LEECH",
  })
  void anEventSaysWhatChanges(String more, Change change) {
    assertThat(announce(reader(false, false), more)).isEmpty();
    assertThat(exchange.announce().change()).isEqualTo(change);
  }

  @Test
  void claimedAddressesComeFirstWhereTheyAreBelieved() {
    String claims = "&ip=5.6.7.8&ipv6=2a00::1&ipv4=1.2.3.4";
    assertThat(announce(reader(false, false), claims)).isEmpty();
    assertThat(addresses()).containsExactly("1.2.3.4:6881");
    assertThat(announce(reader(true, false), claims)).isEmpty();
    assertThat(addresses())
        .containsExactlyInAnyOrder("5.6.7.8:6881", "1.2.3.4:6881", "[2a00::1]:6881");
    assertThat(addresses()).first().isEqualTo("5.6.7.8:6881");
  }

  @ParameterizedTest
  @CsvSource({"localhost", "5.6.7.8:80", "[2a00::1]", "fe80::1%251", "01.2.3.4", "224.0.0.1"})
  void whatIsNoAddressOfOneHostIsPassedOver(String claim) {
    assertThat(announce(reader(true, false), "&ip=" + claim)).isEmpty();
    assertThat(addresses()).containsExactly("1.2.3.4:6881");
  }

  @Test
  void aMappedAddressIsIpv4() {
    exchange.isAt(ip("::ffff:1.2.3.4"));
    assertThat(announce(reader(false, false), "")).isEmpty();
    assertThat(addresses()).containsExactly("1.2.3.4:6881");
  }

  @Test
  void aClientThatNobodyCanReachIsRefused() {
    exchange.isAt(ip("10.0.0.1"));
    assertThat(announce(reader(false, true), "")).contains(RequestFault.INVALID_IP);
    assertThat(scrape(reader(false, true), 1)).contains(RequestFault.INVALID_IP);
    assertThat(announce(reader(true, true), "&ip=9.9.9.9")).isEmpty();
    assertThat(addresses()).containsExactly("9.9.9.9:6881");
  }

  @Test
  void aScrapeIsCut() {
    assertThat(scrape(reader(false, false), 60)).isEmpty();
    assertThat(exchange.hashes()).hasSize(50);
    assertThat(exchange.scrape().size()).isEqualTo(50);
  }

  @Test
  void hooksAreShownWhatIsBelieved() {
    RequestReader shows = new RequestReader(rules(true, false), true);
    assertThat(announce(shows, "&numwant=7&event=completed&ip=5.6.7.8&key=k")).isEmpty();
    var request = exchange.announceRequest();
    assertThat(request.numWant()).isEqualTo(7);
    assertThat(request.numWantProvided()).isTrue();
    assertThat(request.eventProvided()).isTrue();
    assertThat(request.progress().left()).isEqualTo(3);
    assertThat(request.addresses()).hasSize(2);
    assertThat(request.addresses().getFirst().provided()).isTrue();
    assertThat(request.parameters().query("key")).isPresent();
    assertThat(request.parameters().header("HOST")).contains("h");
    assertThat(request.parameters().route("passkey")).isEqualTo("p");
    assertThat(request.parameters().route("other")).isEmpty();
    assertThat(request.parameters().toString()).isEqualTo("parameters");
    assertThat(scrape(shows, 2)).isEmpty();
    assertThat(exchange.scrapeRequest().infoHashes()).hasSize(2);
  }

  private Optional<RequestFault> announce(RequestReader reader, String more) {
    Query query = query(NEEDED + more);
    return switch (AnnounceQuery.read(query)) {
      case Decoded.Complete<AnnounceQuery>(AnnounceQuery asked) ->
          reader.announce(exchange, asked, parameters(query));
      case Decoded.Malformed<AnnounceQuery>(Decoded.Fault fault) -> throw new AssertionError(fault);
      case Decoded.Incomplete<AnnounceQuery> incomplete -> throw new AssertionError(incomplete);
    };
  }

  private Optional<RequestFault> scrape(RequestReader reader, int hashes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < hashes; i++) {
      text.append("&info_hash=").append("%020d".formatted(i));
    }
    Query query = query(text.toString());
    return switch (ScrapeQuery.read(query)) {
      case Decoded.Complete<ScrapeQuery>(ScrapeQuery asked) ->
          reader.scrape(exchange, asked, parameters(query));
      case Decoded.Malformed<ScrapeQuery>(Decoded.Fault fault) -> throw new AssertionError(fault);
      case Decoded.Incomplete<ScrapeQuery> incomplete -> throw new AssertionError(incomplete);
    };
  }

  private static HttpParameters parameters(Query query) {
    RequestHead head = new RequestHead(256);
    String text = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    assertThat(head.read(Unpooled.wrappedBuffer(text.getBytes(US_ASCII)), 0))
        .isEqualTo(RequestHead.Outcome.COMPLETE);
    return new HttpParameters(query, head, Map.of("passkey", "p"));
  }

  private static Query query(String text) {
    return Query.ofTarget(Unpooled.wrappedBuffer(text.getBytes(US_ASCII)));
  }

  private List<String> addresses() {
    Announce asked = exchange.announce();
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < asked.addresses(); i++) {
      PeerList list = new PeerList(asked.family(i));
      list.add(asked.endpoint(i), asked.id(), 0, 1);
      Endpoint endpoint = list.endpoint(0);
      addresses.add(endpoint.toString());
    }
    return addresses;
  }

  private static RequestReader reader(boolean spoofing, boolean filter) {
    return new RequestReader(rules(spoofing, filter), false);
  }

  private static RequestRules rules(boolean spoofing, boolean filter) {
    return new RequestRules(spoofing, new Sanitizer(filter, 100, 50, 50), Optional.empty());
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text).orElseThrow();
  }
}
