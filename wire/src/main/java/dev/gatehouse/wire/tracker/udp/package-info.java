/**
 * How datagrams spell what clients and trackers say to each other (<a
 * href="https://www.bittorrent.org/beps/bep_0015.html">BEP 15</a>, <a
 * href="https://www.bittorrent.org/beps/bep_0041.html">BEP 41</a>); start with {@link
 * dev.gatehouse.wire.tracker.udp.UdpRequestKind} and {@link
 * dev.gatehouse.wire.tracker.udp.UdpAnnounce}.
 */
@NullMarked
package dev.gatehouse.wire.tracker.udp;

import org.jspecify.annotations.NullMarked;
