/** What goes on on routes, counted; start with {@link dev.gatehouse.proxy.traffic.Traffic}. */
@NullMarked
package dev.gatehouse.proxy.traffic;

import org.jspecify.annotations.NullMarked;
