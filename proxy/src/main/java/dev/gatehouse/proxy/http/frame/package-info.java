/**
 * How frames of HTTP/2 leave, towards clients and backends alike; start with {@link
 * dev.gatehouse.proxy.http.frame.FrameEncoder}.
 */
@NullMarked
package dev.gatehouse.proxy.http.frame;

import org.jspecify.annotations.NullMarked;
