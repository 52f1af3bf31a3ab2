/**
 * The sockets of this host, from whichever source answers; start with {@link
 * dev.gatehouse.net.sockets.host.FallbackSocketTable} and {@link
 * dev.gatehouse.net.sockets.host.OwnSockets}.
 */
@NullMarked
package dev.gatehouse.net.sockets.host;

import org.jspecify.annotations.NullMarked;
