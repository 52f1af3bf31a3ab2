/**
 * Processes in groups of one name, with counters that never fall; start with {@link
 * dev.gatehouse.watch.host.process.ProcessPass} and {@link
 * dev.gatehouse.watch.host.process.GroupBook}.
 */
@NullMarked
package dev.gatehouse.watch.host.process;

import org.jspecify.annotations.NullMarked;
