package dev.gatehouse.tracker.http;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.tracker.flow.Exchange;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerForm;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One request over HTTP and its answer. */
final class HttpExchange extends Exchange {

  private @Nullable HttpConnection connection;
  private IpAddress observed = IpAddress.ANY_IPV4;
  private PeerForm form = PeerForm.COMPACT;
  private List<InfoHash> hashes = List.of();
  private @Nullable AnnounceRequest announceRequest;
  private @Nullable ScrapeRequest scrapeRequest;

  HttpExchange() {
    super(new Selection());
  }

  void begin(HttpConnection over, long nowNanos) {
    begin(nowNanos);
    connection = over;
    observed = IpAddress.ANY_IPV4;
    announceRequest = null;
    scrapeRequest = null;
  }

  HttpConnection connection() {
    return Objects.requireNonNull(connection);
  }

  /** Says at which address the client is seen. */
  void isAt(IpAddress address) {
    observed = address;
  }

  /** Says how the client wants its peers spelled. */
  void wants(PeerForm wanted) {
    form = wanted;
  }

  PeerForm form() {
    return form;
  }

  /** Says which torrents a scrape asks for, as the client spelled them. */
  void asksFor(List<InfoHash> asked) {
    hashes = asked;
  }

  List<InfoHash> hashes() {
    return hashes;
  }

  void shown(AnnounceRequest request) {
    announceRequest = request;
  }

  void shown(ScrapeRequest request) {
    scrapeRequest = request;
  }

  IpAddress client() {
    return observed;
  }

  @Override
  protected IpAddress observed() {
    return observed;
  }

  @Override
  protected AnnounceRequest announceRequest() {
    return Objects.requireNonNull(announceRequest);
  }

  @Override
  protected ScrapeRequest scrapeRequest() {
    return Objects.requireNonNull(scrapeRequest);
  }
}
