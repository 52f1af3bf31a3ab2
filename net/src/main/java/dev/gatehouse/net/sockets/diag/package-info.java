/**
 * The socket table by netlink, whole and cheap; start with {@link
 * dev.gatehouse.net.sockets.diag.NetlinkSocketTable} and {@code DiagDump}. Layouts are those of
 * include/uapi/linux/inet_diag.h and RFC 3549 section 2.2: integers in the order of the machine,
 * ports and addresses in network order.
 */
@NullMarked
package dev.gatehouse.net.sockets.diag;

import org.jspecify.annotations.NullMarked;
