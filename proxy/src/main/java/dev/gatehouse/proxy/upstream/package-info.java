/**
 * The backends of a route: which one is asked next, and how they fare; start with {@link
 * dev.gatehouse.proxy.upstream.BackendGroup} and {@link
 * dev.gatehouse.proxy.upstream.UpstreamDialer}.
 */
@NullMarked
package dev.gatehouse.proxy.upstream;

import org.jspecify.annotations.NullMarked;
