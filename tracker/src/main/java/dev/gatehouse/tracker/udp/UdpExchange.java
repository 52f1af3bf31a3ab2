package dev.gatehouse.tracker.udp;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.net.datagram.Datagram;
import dev.gatehouse.tracker.flow.Exchange;
import dev.gatehouse.tracker.request.AnnounceRequest;
import dev.gatehouse.tracker.request.ScrapeRequest;
import dev.gatehouse.tracker.request.Selection;
import dev.gatehouse.wire.tracker.udp.UdpRequestKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One datagram and what it gets; it keeps what is needed if the answer comes late. */
final class UdpExchange extends Exchange {

  private AddressFamily source = AddressFamily.IPV4;
  private long high;
  private long low;
  private int port;
  private int transactionId;
  private boolean wide;
  private boolean late;
  private @Nullable AnnounceRequest announceRequest;
  private @Nullable ScrapeRequest scrapeRequest;

  UdpExchange() {
    super(Selection.withoutIds());
  }

  /** Begins with a datagram that has at least its head. */
  void begin(Datagram in, long nowNanos) {
    begin(nowNanos);
    source = in.family();
    high = in.high();
    low = in.low();
    port = in.port();
    transactionId = UdpRequestKind.transactionId(in.content());
    wide = false;
    late = false;
    announceRequest = null;
    scrapeRequest = null;
  }

  /** Says that the answer is to have the action of the old IPv6 form. */
  void isWide(boolean asked) {
    wide = asked;
  }

  /** Says that the worker has gone on to other datagrams. */
  void isLate() {
    late = true;
  }

  /** What hooks are shown, read while the datagram is there. */
  void shown(AnnounceRequest request) {
    announceRequest = request;
  }

  /** What hooks are shown, read while the datagram is there. */
  void shown(ScrapeRequest request) {
    scrapeRequest = request;
  }

  AddressFamily source() {
    return source;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  int port() {
    return port;
  }

  int transactionId() {
    return transactionId;
  }

  boolean wide() {
    return wide;
  }

  boolean late() {
    return late;
  }

  IpAddress client() {
    return new IpAddress(source, high, low);
  }

  @Override
  protected IpAddress observed() {
    return client();
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
