/**
 * The kernel's socket table; start with {@link dev.gatehouse.net.sockets.SocketTable} and {@link
 * dev.gatehouse.net.sockets.SocketRow}.
 */
@NullMarked
package dev.gatehouse.net.sockets;

import org.jspecify.annotations.NullMarked;
