/**
 * What was found, held against what was expected.
 *
 * <p>Pure: the table and the list come in, verdicts and differences go out. Start with {@link
 * dev.gatehouse.watch.drift.DriftLedger} and {@link dev.gatehouse.watch.drift.ExpectedListener}.
 */
@NullMarked
package dev.gatehouse.watch.drift;

import org.jspecify.annotations.NullMarked;
