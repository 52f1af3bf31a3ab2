/** Measurements of what the relay does with every frame. */
@NullMarked
package dev.gatehouse.bench.relay;

import org.jspecify.annotations.NullMarked;
