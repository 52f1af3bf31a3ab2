/**
 * Routes of the front door and their policies; start with {@link
 * dev.gatehouse.cli.route.RouteCommands}.
 */
@NullMarked
package dev.gatehouse.cli.route;

import org.jspecify.annotations.NullMarked;
