/**
 * A BitTorrent tracker: its ports, hooks and swarms as one service; start with {@link
 * dev.gatehouse.tracker.Tracker}.
 */
@NullMarked
package dev.gatehouse.tracker;

import org.jspecify.annotations.NullMarked;
