/**
 * What a backend gets instead of what a client sent. Start with {@link
 * dev.gatehouse.proxy.http.forward.ForwardedHeaders} and {@link
 * dev.gatehouse.proxy.http.forward.BackendRequest}.
 */
@NullMarked
package dev.gatehouse.proxy.http.forward;

import org.jspecify.annotations.NullMarked;
