/**
 * The table {@code [tracker]} as records, read and checked whole; start with {@link
 * dev.gatehouse.tracker.config.TrackerConfig}.
 */
@NullMarked
package dev.gatehouse.tracker.config;

import org.jspecify.annotations.NullMarked;
