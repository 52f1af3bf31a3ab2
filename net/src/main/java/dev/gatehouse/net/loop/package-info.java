/**
 * The threads that run connections, and the kernel interface that they wait on; start with {@link
 * dev.gatehouse.net.loop.EventLoops} and {@link dev.gatehouse.net.loop.Transport}.
 */
@NullMarked
package dev.gatehouse.net.loop;

import org.jspecify.annotations.NullMarked;
