/**
 * UDP ports that receive and answer datagrams in batches; start with {@link
 * dev.gatehouse.net.datagram.DatagramListener} and {@link
 * dev.gatehouse.net.datagram.DatagramHandler}.
 */
@NullMarked
package dev.gatehouse.net.datagram;

import org.jspecify.annotations.NullMarked;
