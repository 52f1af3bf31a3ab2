/**
 * The log of what clients did, a line for each finished thing; start with {@link
 * dev.gatehouse.net.accesslog.AccessLog} and {@link dev.gatehouse.net.accesslog.AccessEvent}.
 */
@NullMarked
package dev.gatehouse.net.accesslog;

import org.jspecify.annotations.NullMarked;
