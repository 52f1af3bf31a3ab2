/**
 * What a client gets: a backend's response that was found sound, or one of the proxy's own. Start
 * with {@link dev.gatehouse.proxy.http.response.ResponseGuard} and {@link
 * dev.gatehouse.proxy.http.response.ErrorPage}.
 */
@NullMarked
package dev.gatehouse.proxy.http.response;

import org.jspecify.annotations.NullMarked;
