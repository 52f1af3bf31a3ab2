/**
 * HTTP/2 as clients speak it; start with {@link dev.gatehouse.proxy.l7.http2.Http2Frontend} and
 * {@code FrameMeter}.
 */
@NullMarked
package dev.gatehouse.proxy.l7.http2;

import org.jspecify.annotations.NullMarked;
