/**
 * The socket table as text of {@code /proc/net}, for where netlink is refused and for other network
 * namespaces; start with {@link dev.gatehouse.net.sockets.proc.ProcSocketTable} and {@code
 * ProcRow}.
 */
@NullMarked
package dev.gatehouse.net.sockets.proc;

import org.jspecify.annotations.NullMarked;
