/**
 * Interfaces, sockets' memory and the counters of the network stack; start with {@link
 * dev.gatehouse.watch.host.network.NetworkCollectors} and {@link
 * dev.gatehouse.watch.host.network.SnmpCollector}.
 */
@NullMarked
package dev.gatehouse.watch.host.network;

import org.jspecify.annotations.NullMarked;
