/**
 * HTTP as it is spoken with backends; start with {@link
 * dev.gatehouse.proxy.upstream.http.BackendStream} and {@link
 * dev.gatehouse.proxy.upstream.http.BackendEvents}.
 */
@NullMarked
package dev.gatehouse.proxy.upstream.http;

import org.jspecify.annotations.NullMarked;
