/**
 * Which systemd unit or container a process or a socket belongs to, by its control group.
 *
 * <p>Start with {@link dev.gatehouse.watch.unit.Placement} and {@link
 * dev.gatehouse.watch.unit.Cgroups}.
 */
@NullMarked
package dev.gatehouse.watch.unit;

import org.jspecify.annotations.NullMarked;
