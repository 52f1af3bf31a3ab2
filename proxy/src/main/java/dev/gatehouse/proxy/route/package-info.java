/**
 * Which route a name leads to, as a pure function; start with {@link
 * dev.gatehouse.proxy.route.RouteTable} and {@link dev.gatehouse.proxy.route.RouteName}.
 */
@NullMarked
package dev.gatehouse.proxy.route;

import org.jspecify.annotations.NullMarked;
