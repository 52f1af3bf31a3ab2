package dev.gatehouse.tracker.config;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.ListenAddress;
import dev.gatehouse.wire.tracker.udp.UdpScrape;

/**
 * One of {@code [[tracker.udp]]}.
 *
 * @param workers how many sockets share the port; 0 is one for each core
 * @param maxDatagram bytes of the longest answer
 * @param receiveBuffer bytes that are asked of the kernel for what waits to be read
 */
public record UdpFrontendConfig(
    Endpoint address,
    boolean reusePort,
    int workers,
    ConnectionIdRules connectionIds,
    int maxDatagram,
    int receiveBuffer,
    RequestRules rules) {

  private static final int MAX_WORKERS = 1024;

  // what every host takes in one piece, and what an Ethernet carries in one
  private static final int LEAST_DATAGRAM = 548;
  private static final int MOST_DATAGRAM = 1472;

  /** The same at another address. */
  UdpFrontendConfig at(Endpoint other) {
    return new UdpFrontendConfig(
        other, reusePort, workers, connectionIds, maxDatagram, receiveBuffer, rules);
  }

  /** The same with what belongs to the socket as another has it. */
  public UdpFrontendConfig withSocketOf(UdpFrontendConfig other) {
    return new UdpFrontendConfig(
        other.address,
        other.reusePort,
        other.workers,
        connectionIds,
        other.maxDatagram,
        other.receiveBuffer,
        rules);
  }

  static UdpFrontendConfig read(Section listener) {
    return new UdpFrontendConfig(
        listener
            .value("addr", "where it listens", ListenAddress.EXPECTED, ListenAddress::parse)
            .orElse(HttpFrontendConfig.DEFAULT_ADDRESS),
        listener.flag("reuse_port", "several processes may share the port").orElse(false),
        listener
            .integer("workers", "sockets that share the port; 0 = one for each core")
            .range(1, MAX_WORKERS)
            .orZero()
            .orElse(0),
        ConnectionIdRules.read(listener),
        listener
            .size("max_datagram", "the longest answer")
            .range(LEAST_DATAGRAM, MOST_DATAGRAM)
            .orElse(1400),
        listener
            .size("receive_buffer", "for what waits to be read")
            .range(64 * 1024, 1024 * 1024 * 1024)
            .orElse(8 * 1024 * 1024),
        RequestRules.read(listener, UdpScrape.MAX_INFO_HASHES));
  }
}
