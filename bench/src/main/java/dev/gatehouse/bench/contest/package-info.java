/**
 * What all comparisons share: proxies as a port and a process, rounds in which they take turns, and
 * what a unit of work costs each of them. Start at {@link dev.gatehouse.bench.contest.Rounds}.
 */
@NullMarked
package dev.gatehouse.bench.contest;

import org.jspecify.annotations.NullMarked;
