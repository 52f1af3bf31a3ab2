/**
 * The calls about listeners, routes and policies; start with {@link
 * dev.gatehouse.control.proxy.ProxyCalls} and {@link dev.gatehouse.control.proxy.RouteRequest}.
 */
@NullMarked
package dev.gatehouse.control.proxy;

import org.jspecify.annotations.NullMarked;
