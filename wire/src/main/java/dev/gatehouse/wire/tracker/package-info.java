/**
 * What clients and trackers say to each other, and how HTTP spells it (<a
 * href="https://www.bittorrent.org/beps/bep_0003.html">BEP 3</a>, <a
 * href="https://www.bittorrent.org/beps/bep_0048.html">BEP 48</a>); start with {@link
 * dev.gatehouse.wire.tracker.AnnounceQuery} and {@link dev.gatehouse.wire.tracker.HttpReplies}.
 */
@NullMarked
package dev.gatehouse.wire.tracker;

import org.jspecify.annotations.NullMarked;
