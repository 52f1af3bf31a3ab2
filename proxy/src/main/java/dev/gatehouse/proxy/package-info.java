/** The TLS front door: it reads a name, picks a route and joins a client to a backend. */
@NullMarked
package dev.gatehouse.proxy;

import org.jspecify.annotations.NullMarked;
