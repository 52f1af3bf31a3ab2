/** Measurements, one class per hot path; {@code bench/README.md} says how to run them. */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
