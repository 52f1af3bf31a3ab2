package dev.gatehouse.tracker.request;

import dev.gatehouse.kernel.address.AddressFamily;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import dev.gatehouse.wire.tracker.PeerId;
import dev.gatehouse.wire.tracker.PeerList;
import java.util.ArrayList;
import java.util.List;

/** Makes announces from what tests write. */
public final class Announces {

  private Announces() {}

  /** An announce that wants nobody. */
  public static Announce announce(InfoHash torrent, PeerId id, Change change, Endpoint... peers) {
    Announce announce = new Announce();
    announce.torrent(torrent);
    announce.peer(id);
    for (Endpoint peer : peers) {
      IpAddress address = peer.address();
      announce.addAddress(address.family(), address.high(), address.low(), peer.port());
    }
    announce.asks(change, false, 0);
    return announce;
  }

  /** A torrent that a number names. */
  public static InfoHash torrent(long number) {
    return InfoHash.v1(number * 0x9e37_79b9_7f4a_7c15L, number, (int) number);
  }

  /** An id that a number names. */
  public static PeerId id(long number) {
    return new PeerId(0x2d54_5233_3030_302dL, number * 0x9e37_79b9_7f4a_7c15L, (int) number);
  }

  public static PeerId id(String text) {
    return PeerId.parse(Bytes.utf8(text)).orElseThrow();
  }

  /** The endpoint that {@code 1.2.3.4:5} or {@code [::1]:5} writes. */
  public static Endpoint endpoint(String text) {
    int colon = text.lastIndexOf(':');
    String address = text.substring(0, colon).replace("[", "").replace("]", "");
    return new Endpoint(
        IpAddress.parse(address).orElseThrow(), Integer.parseInt(text.substring(colon + 1)));
  }

  public static Endpoint ipv4(int number) {
    return new Endpoint(IpAddress.ipv4(0x0101_0000 + number), 6881);
  }

  public static Endpoint ipv6(int number) {
    return new Endpoint(IpAddress.ipv6(0x2a00_0000_0000_0000L, number), 6881);
  }

  public static List<Endpoint> endpoints(PeerList peers) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < peers.size(); i++) {
      endpoints.add(peers.endpoint(i));
    }
    return endpoints;
  }

  /** All peers of a selection, IPv4 first. */
  public static List<Endpoint> endpoints(Selection selection) {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(endpoints(selection.peers(AddressFamily.IPV4)));
    endpoints.addAll(endpoints(selection.peers(AddressFamily.IPV6)));
    return endpoints;
  }
}
