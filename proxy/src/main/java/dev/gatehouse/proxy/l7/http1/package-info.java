/** HTTP/1 as clients speak it; start with {@link dev.gatehouse.proxy.l7.http1.Http1Frontend}. */
@NullMarked
package dev.gatehouse.proxy.l7.http1;

import org.jspecify.annotations.NullMarked;
