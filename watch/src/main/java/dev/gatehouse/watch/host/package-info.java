/**
 * What the host does: processors, memory, disks, interfaces, processes; start with {@link
 * dev.gatehouse.watch.host.HostCollectors} and {@link dev.gatehouse.watch.host.HostConfig}.
 */
@NullMarked
package dev.gatehouse.watch.host;

import org.jspecify.annotations.NullMarked;
