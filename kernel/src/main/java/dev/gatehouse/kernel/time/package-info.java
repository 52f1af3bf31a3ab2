/** Time as an argument; start with {@link dev.gatehouse.kernel.time.Ticker}. */
@NullMarked
package dev.gatehouse.kernel.time;

import org.jspecify.annotations.NullMarked;
