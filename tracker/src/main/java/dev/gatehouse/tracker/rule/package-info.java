/** What operators have decided about single torrents. */
@NullMarked
package dev.gatehouse.tracker.rule;

import org.jspecify.annotations.NullMarked;
