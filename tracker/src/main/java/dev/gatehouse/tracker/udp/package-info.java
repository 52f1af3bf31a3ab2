/**
 * The frontend that speaks UDP (<a href="https://www.bittorrent.org/beps/bep_0015.html">BEP
 * 15</a>); start with {@link dev.gatehouse.tracker.udp.UdpFrontend} and {@code UdpRequests}, where
 * a datagram takes its steps.
 */
@NullMarked
package dev.gatehouse.tracker.udp;

import org.jspecify.annotations.NullMarked;
