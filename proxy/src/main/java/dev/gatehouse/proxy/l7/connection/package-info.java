/**
 * What a client's connection is to its requests, whatever protocol they come in; start with {@link
 * dev.gatehouse.proxy.l7.connection.L7Connection} and {@link
 * dev.gatehouse.proxy.l7.connection.RequestGate}.
 */
@NullMarked
package dev.gatehouse.proxy.l7.connection;

import org.jspecify.annotations.NullMarked;
