/**
 * The first bytes of a connection, read and kept; start with {@link
 * dev.gatehouse.proxy.hello.HelloHandler}.
 */
@NullMarked
package dev.gatehouse.proxy.hello;

import org.jspecify.annotations.NullMarked;
