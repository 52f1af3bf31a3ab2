/**
 * The front door as programs see it; start with {@link dev.gatehouse.client.proxy.Route} and {@link
 * dev.gatehouse.client.proxy.ListenerStatus}.
 */
@NullMarked
package dev.gatehouse.client.proxy;

import org.jspecify.annotations.NullMarked;
