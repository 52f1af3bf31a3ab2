/**
 * Answers that go on: how many there may be, and how they are written; start with {@link
 * dev.gatehouse.control.stream.PacedStream}.
 */
@NullMarked
package dev.gatehouse.control.stream;

import org.jspecify.annotations.NullMarked;
